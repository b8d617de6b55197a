// Checks OpenAPI documents with libraries that others wrote: that each is valid, that its schemas are JSON Schema 2020-12, and that its examples fit them.
import { readFileSync } from "node:fs";
import SwaggerParser from "@apidevtools/swagger-parser";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

for (const file of process.argv.slice(2)) {
  const document = JSON.parse(readFileSync(file, "utf8"));
  await SwaggerParser.validate(structuredClone(document));

  const ajv = addFormats(new Ajv({ strict: true, allErrors: true })).addVocabulary(["components"]);
  ajv.addSchema({ $id: "document", components: document.components }, undefined, undefined, false);
  const names = Object.keys(document.components.schemas);
  const compiled = Object.fromEntries(names.map((name) => [name, ajv.compile({ $ref: `document#/components/schemas/${name}` })]));

  let examples = 0;
  for (const [name, item] of Object.entries(document.webhooks ?? {})) {
    for (const content of Object.values(item.post.requestBody.content)) {
      if (content.example === undefined) continue;
      const check = compiled[content.schema.$ref.split("/").pop()];
      if (!check(content.example)) throw new Error(`${file}: the example of ${name}: ${ajv.errorsText(check.errors)}`);
      examples++;
    }
  }
  console.log(`${names.length} schemas, ${examples} examples`);
}

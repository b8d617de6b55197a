using System.Text.Json;
using System.Text.Json.Nodes;

namespace Webhooks.Sdk.AspNetCore.Tests.Support;

/// <summary>Says where a value leaves its schema. Knows the keywords that our documents use, and refuses others, so that nothing passes unread.</summary>
internal sealed class SchemaCheck(JsonNode document)
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "type", "properties", "required", "items", "enum", "const", "format", "description", "additionalProperties", "default", "pattern",
    ];

    public IReadOnlyList<string> Check(JsonNode? value, JsonNode schema, string at = "$") => [.. Errors(value, schema, at)];

    private IEnumerable<string> Errors(JsonNode? value, JsonNode? schema, string at)
    {
        if (schema is null || schema.GetValueKind() == JsonValueKind.True)
        {
            return [];
        }

        var rules = schema.AsObject();
        if (rules.Select(r => r.Key).FirstOrDefault(k => !Known.Contains(k)) is { } unknown)
        {
            return [$"{at}: the check does not know {unknown}"];
        }

        return rules["$ref"] is { } reference ? Errors(value, Find(reference.ToString()), at)
            : rules.ContainsKey("const") && !JsonNode.DeepEquals(value, rules["const"]) ? [$"{at}: is not {rules["const"]}"]
            : rules["enum"] is JsonArray words && !words.Any(w => JsonNode.DeepEquals(w, value)) ? [$"{at}: {value} is none of {words.ToJsonString()}"]
            : rules["type"] is { } type && !TypesOf(type).Any(t => Is(value, t)) ? [$"{at}: {value?.ToJsonString() ?? "null"} is not {type.ToJsonString()}"]
            : value switch
            {
                JsonObject members => MemberErrors(members, rules, at),
                JsonArray items => items.SelectMany((item, i) => Errors(item, rules["items"], $"{at}[{i}]")),
                _ => [],
            };
    }

    private IEnumerable<string> MemberErrors(JsonObject members, JsonObject rules, string at)
    {
        var properties = rules["properties"]?.AsObject();
        foreach (var name in rules["required"]?.AsArray().Select(n => n!.ToString()).Where(n => !members.ContainsKey(n)) ?? [])
        {
            yield return $"{at}: {name} is missing";
        }

        foreach (var (name, value) in members)
        {
            if (properties?.ContainsKey(name) == false && rules["additionalProperties"] is null)
            {
                yield return $"{at}: {name} is not documented";
            }

            foreach (var error in Errors(value, properties?[name] ?? rules["additionalProperties"], $"{at}.{name}"))
            {
                yield return error;
            }
        }
    }

    private JsonNode Find(string reference) => reference[2..].Split('/').Aggregate(document, (node, name) => node[name]!);

    private static IEnumerable<string> TypesOf(JsonNode type) => type is JsonArray several ? several.Select(t => t!.ToString()) : [type.ToString()];

    private static bool Is(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null, type) switch
    {
        (JsonValueKind.Null, "null") or (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.String, "string") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") or (JsonValueKind.Number, "number") => true,
        (JsonValueKind.Number, "integer") => value!.AsValue().TryGetValue<long>(out _),
        _ => false,
    };
}

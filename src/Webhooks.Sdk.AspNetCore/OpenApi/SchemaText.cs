using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks.Sdk.AspNetCore.OpenApi;

/// <summary>JSON Schemas of types as parts of an OpenAPI document.</summary>
internal static class SchemaText
{
    private const string Components = "#/components/schemas/";

    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, node) =>
        {
            if (node is JsonObject schema
                && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is [DescriptionAttribute { Description: var text }, ..])
            {
                schema.Insert(0, "description", text);
            }

            return node;
        },
    };

    public static JsonObject Reference(string component) => new() { ["$ref"] = Components + component };

    /// <summary>The schema of a type as the component of that name.</summary>
    public static JsonNode Of(JsonTypeInfo type, string component) => Placed(type.GetJsonSchemaAsNode(Options), component);

    /// <summary>References of a schema count from its root, which is not the document's any more.</summary>
    public static JsonNode Placed(JsonNode schema, string component)
    {
        if (schema is JsonObject members)
        {
            if (members["$ref"]?.GetValue<string>() is { } reference && reference.StartsWith('#'))
            {
                members["$ref"] = Components + component + reference[1..];
            }

            foreach (var (_, member) in members)
            {
                PlaceInside(member, component);
            }
        }
        else if (schema is JsonArray items)
        {
            foreach (var item in items)
            {
                PlaceInside(item, component);
            }
        }

        return schema;
    }

    private static void PlaceInside(JsonNode? node, string component)
    {
        if (node is not null)
        {
            Placed(node, component);
        }
    }
}

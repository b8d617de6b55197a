using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.AspNetCore.Management.Events;

/// <summary>The JSON Schema of an event's data, from the type that publishes it.</summary>
internal static class DataSchema
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = AsWritten };

    /// <summary>Null when the event is declared without a type.</summary>
    public static JsonNode? Of(WebhookEventType type) => type.TypeInfo?.GetJsonSchemaAsNode(Options);

    // The exporter describes what is read: with the web defaults a number may be read from a string. It is never written as one.
    private static JsonNode AsWritten(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is JsonObject rules
            && rules["type"] is JsonArray types
            && types.Any(t => t?.ToString() is "integer" or "number")
            && (context.PropertyInfo?.NumberHandling ?? context.TypeInfo.NumberHandling ?? context.TypeInfo.Options.NumberHandling) == JsonNumberHandling.AllowReadingFromString)
        {
            rules.Remove("pattern");
            var left = types.Select(t => t!.ToString()).Where(t => t != "string").ToArray();
            rules["type"] = left is [var only] ? JsonValue.Create(only) : new JsonArray([.. left.Select(t => (JsonNode)JsonValue.Create(t))]);
        }

        return schema;
    }
}

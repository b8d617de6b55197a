using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.AspNetCore.Management.Events;

/// <summary>The JSON Schema of an event's data, from the type that publishes it.</summary>
internal static class DataSchema
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary>Null when the event is declared without a type.</summary>
    public static JsonNode? Of(WebhookEventType type) => type.TypeInfo?.GetJsonSchemaAsNode(Options);
}

using System.Text.Json;

namespace Webhooks.Sdk.Envelopes;

/// <summary>CloudEvents 1.0, structured mode: everything stands in the body.</summary>
/// <param name="source">The <c>source</c> attribute: a URI or URI reference that names this host.</param>
public sealed class CloudEventsEnvelope(string source) : JsonEnvelope
{
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    private readonly string _source = CloudEventsSource.Checked(source);

    /// <inheritdoc/>
    public override string ContentType => "application/cloudevents+json";

    /// <inheritdoc/>
    public override ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        // An event need not have data.
        JsonFields.Read(body) is { } json && json.Text("type") is { } type && json.Text("specversion") is "1.0"
            ? new(type, json.Json("data") ?? "null"u8.ToArray(), json.Text("id"), json.Time("time"))
            : null;

    /// <inheritdoc/>
    protected override void WriteJson(Utf8JsonWriter json, in EnvelopeContext context)
    {
        Span<byte> time = stackalloc byte[32];
        json.WriteStartObject();
        json.WriteString("id"u8, context.Event.Id);
        json.WriteString("source"u8, _source);
        json.WriteString("type"u8, context.Event.Type);
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("time"u8, Timestamps.Shortest(context.Event.CreatedAt, time));
        json.WriteString("datacontenttype"u8, "application/json"u8);
        WriteData(json, Data, context.Event);
        json.WriteEndObject();
    }
}

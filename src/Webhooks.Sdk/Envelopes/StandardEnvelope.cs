using System.Text.Json;

namespace Webhooks.Sdk.Envelopes;

/// <summary><c>{"id","type","timestamp","data"}</c>: the Standard Webhooks payload and the message id.</summary>
public sealed class StandardEnvelope : JsonEnvelope
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    /// <inheritdoc/>
    public override ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        JsonFields.Read(body) is { } json && json.Text("type") is { } type && json.Json("data") is { } data
            ? new(type, data, json.Text("id"), json.Time("timestamp"))
            : null;

    /// <inheritdoc/>
    protected override void WriteJson(Utf8JsonWriter json, in EnvelopeContext context)
    {
        Span<byte> time = stackalloc byte[32];
        json.WriteStartObject();
        json.WriteString(Id, context.Event.Id);
        json.WriteString(Type, context.Event.Type);
        json.WriteString(Timestamp, Timestamps.Shortest(context.Event.CreatedAt, time));
        WriteData(json, Data, context.Event);
        json.WriteEndObject();
    }
}

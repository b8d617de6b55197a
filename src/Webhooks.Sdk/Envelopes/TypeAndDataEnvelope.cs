using System.Text.Json;

namespace Webhooks.Sdk.Envelopes;

/// <summary><c>{"type","data"}</c>, exactly these keys, as DialogForm sends it.</summary>
public sealed class TypeAndDataEnvelope : JsonEnvelope
{
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    /// <inheritdoc/>
    public override ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        JsonFields.Read(body) is { } json && json.Text("type") is { } type && json.Json("data") is { } data ? new(type, data) : null;

    /// <inheritdoc/>
    protected override void WriteJson(Utf8JsonWriter json, in EnvelopeContext context)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, context.Event.Type);
        WriteData(json, Data, context.Event);
        json.WriteEndObject();
    }
}

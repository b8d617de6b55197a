using System.Text.Json;

namespace Webhooks.Sdk.Envelopes;

/// <summary><c>{"type","data"}</c>, exactly these keys, as DialogForm sends it.</summary>
public sealed class TypeAndDataEnvelope : JsonEnvelope
{
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    /// <inheritdoc/>
    protected override void WriteJson(Utf8JsonWriter json, in EnvelopeContext context)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, context.Event.Type);
        WriteData(json, Data, context.Event);
        json.WriteEndObject();
    }
}

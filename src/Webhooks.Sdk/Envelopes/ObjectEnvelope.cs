using System.Text.Json;

namespace Webhooks.Sdk.Envelopes;

/// <summary><c>{"id","object":"event","api_version","created","type","data":{"object":…}}</c>, as Stripe sends it; <c>created</c> is in Unix seconds.</summary>
/// <param name="apiVersion">The value of <c>api_version</c>.</param>
public sealed class ObjectEnvelope(string apiVersion) : JsonEnvelope
{
    private static readonly JsonEncodedText Object = JsonEncodedText.Encode("object");

    /// <inheritdoc/>
    public override ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        JsonFields.Read(body) is { } json && json.Text("type") is { } type && json.Json("data") is { } data && JsonFields.Read(data)?.Json("object") is { } value
            ? new(type, value, json.Text("id"), json.UnixSeconds("created"))
            : null;

    /// <inheritdoc/>
    protected override void WriteJson(Utf8JsonWriter json, in EnvelopeContext context)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, context.Event.Id);
        json.WriteString("object"u8, "event"u8);
        json.WriteString("api_version"u8, apiVersion);
        json.WriteNumber("created"u8, context.Event.CreatedAt.ToUnixTimeSeconds());
        json.WriteString("type"u8, context.Event.Type);
        json.WriteStartObject("data"u8);
        WriteData(json, Object, context.Event);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

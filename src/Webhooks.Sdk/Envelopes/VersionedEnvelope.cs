using System.Text.Json;

namespace Webhooks.Sdk.Envelopes;

/// <summary><c>{"id","type","created_at","api_version","data"}</c>, as ReviewSense sends it.</summary>
/// <param name="apiVersion">The value of <c>api_version</c>.</param>
public sealed class VersionedEnvelope(string apiVersion) : JsonEnvelope
{
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    /// <inheritdoc/>
    public override ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        JsonFields.Read(body) is { } json && json.Text("type") is { } type && json.Json("data") is { } data
            ? new(type, data, json.Text("id"), json.Time("created_at"))
            : null;

    /// <inheritdoc/>
    protected override void WriteJson(Utf8JsonWriter json, in EnvelopeContext context)
    {
        Span<byte> time = stackalloc byte[32];
        json.WriteStartObject();
        json.WriteString("id"u8, context.Event.Id);
        json.WriteString("type"u8, context.Event.Type);
        json.WriteString("created_at"u8, Timestamps.Seconds(context.Event.CreatedAt, time));
        json.WriteString("api_version"u8, apiVersion);
        WriteData(json, Data, context.Event);
        json.WriteEndObject();
    }
}

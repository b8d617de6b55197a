using System.Text.Json;

namespace Webhooks.Sdk.Envelopes;

/// <summary><c>{"id","webhook","account","payload","event","created_at","updated_at"}</c>, as Ratecard sends it: every call names its webhook and account.</summary>
public sealed class AccountEnvelope : JsonEnvelope
{
    private static readonly JsonEncodedText Payload = JsonEncodedText.Encode("payload");

    /// <inheritdoc/>
    public override bool IsPerSubscription => true;

    /// <inheritdoc/>
    public override ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        JsonFields.Read(body) is { } json && json.Text("event") is { } type && json.Json("payload") is { } data
            ? new(type, data, json.Text("id"), json.Time("created_at"))
            : null;

    /// <inheritdoc/>
    protected override void WriteJson(Utf8JsonWriter json, in EnvelopeContext context)
    {
        Span<byte> buffer = stackalloc byte[32];
        var time = Timestamps.Microseconds(context.Event.CreatedAt, buffer);
        json.WriteStartObject();
        json.WriteString("id"u8, context.DeliveryId);
        json.WriteStartObject("webhook"u8);
        json.WriteString("id"u8, context.SubscriptionId);
        json.WriteString("name"u8, context.SubscriptionName ?? context.SubscriptionId);
        json.WriteEndObject();
        json.WriteStartObject("account"u8);
        json.WriteString("id"u8, context.Event.TenantId);
        json.WriteString("name"u8, context.Event.TenantName ?? context.Event.TenantId);
        json.WriteEndObject();
        WriteData(json, Payload, context.Event);
        json.WriteString("event"u8, context.Event.Type);
        json.WriteString("created_at"u8, time);
        json.WriteString("updated_at"u8, time);
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.AspNetCore.OpenApi;

/// <summary>
/// A request as a profile makes it. What a format looks like is learnt from requests themselves, so that a host's own envelope is described as well
/// as the presets.
/// </summary>
/// <param name="Body">The body; null when it is not JSON.</param>
/// <param name="Headers">The headers of envelope and signer, by name.</param>
internal sealed record EnvelopeSample(JsonNode? Body, IReadOnlyDictionary<string, string> Headers)
{
    // Fixed, so that the document is the same at every call. The secret is the one of the Standard Webhooks specification's example.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>What everybody may see as an example.</summary>
    public static EnvelopeSample First(WebhookProfile profile, string eventType, string data) => Make(profile, eventType, data, new(
        "evt_01JSKE4XM0ZSTVMQ8W9V3YB3TN", "project-42", "Blue Lagoon", new(2026, 4, 24, 14, 30, 0, 250, TimeSpan.Zero),
        "01961c1e-6f50-7000-8000-0f4b1c6d2a10", "Our webhook"));

    /// <summary>Another request: what is the same in both is always so.</summary>
    public static EnvelopeSample Second(WebhookProfile profile, string eventType, string data) => Make(profile, eventType, data, new(
        "evt_01JSXZ9K7QH4C2M5N8P1R3T6VW", "project-43", "Green Lagoon", new(2026, 4, 25, 9, 15, 7, 500, TimeSpan.Zero),
        "01961c1e-7a31-7000-8000-5d2e9f3c4b21", "Another webhook"));

    private static EnvelopeSample Make(WebhookProfile profile, string eventType, string data, Circumstances at)
    {
        WebhookEvent @event = new()
        {
            Id = at.EventId,
            Type = eventType,
            TenantId = at.TenantId,
            TenantName = at.TenantName,
            CreatedAt = at.Time,
            Data = EventData.FromJson(data).Freeze(int.MaxValue / 8),
        };
        EnvelopeContext context = new(@event, at.SubscriptionId, at.SubscriptionName);
        ArrayBufferWriter<byte> body = new();
        profile.Envelope.Write(body, context);

        WebhookHeaders headers = new();
        profile.Envelope.AddHeaders(context, headers);
        var format = profile.Signer.SecretFormat;
        profile.Signer.Sign(new WebhookMessage(@event.Id, at.Time, body.WrittenSpan), format.HasSecret ? [format.Parse(Secret)] : [], headers);
        return new(Parse(body.WrittenSpan), headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Circumstances(string EventId, string TenantId, string TenantName, DateTimeOffset Time, string SubscriptionId, string SubscriptionName);
}

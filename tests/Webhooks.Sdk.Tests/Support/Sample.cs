using System.Buffers;
using System.Text;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>One event and one subscription that many tests share.</summary>
internal static class Sample
{
    public const string EventId = "evt_01JXXXXXXXXXXXXX";
    public const string SubscriptionId = "0196f000-0000-7000-8000-000000000001";

    /// <summary>SHA-256 of the two ids above and the time below, computed outside this code base.</summary>
    public const string DeliveryId = "019dbfe5-c640-8613-b4ab-40aa1d697e9e";

    public static readonly DateTimeOffset Time = new(2026, 4, 24, 14, 30, 0, TimeSpan.Zero);

    public static WebhookEvent Event(string data = "{}", string type = "review.analysed", DateTimeOffset? at = null, string tenantId = "t1", string? tenantName = null) => new()
    {
        Id = EventId,
        Type = type,
        TenantId = tenantId,
        TenantName = tenantName,
        CreatedAt = at ?? Time,
        Data = Encoding.UTF8.GetBytes(data),
    };

    public static EnvelopeContext Context(WebhookEvent @event, string? subscriptionName = null) => new(@event, SubscriptionId, subscriptionName);

    /// <summary>The body as text. Strict: bytes that are not UTF-8 throw.</summary>
    public static string Render(this IWebhookEnvelope envelope, EnvelopeContext context) =>
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(envelope.RenderBytes(context));

    public static byte[] RenderBytes(this IWebhookEnvelope envelope, EnvelopeContext context)
    {
        var output = new ArrayBufferWriter<byte>();
        envelope.Write(output, context);
        return output.WrittenSpan.ToArray();
    }

    public static WebhookHeaders Headers(this IWebhookEnvelope envelope, EnvelopeContext context)
    {
        var headers = new WebhookHeaders();
        envelope.AddHeaders(context, headers);
        return headers;
    }

    public static WebhookHeaders Sign(this IWebhookSigner signer, string body, DateTimeOffset at, params string[] secrets) =>
        signer.Sign(Encoding.UTF8.GetBytes(body), at, secrets);

    public static WebhookHeaders Sign(this IWebhookSigner signer, byte[] body, DateTimeOffset at, params string[] secrets)
    {
        var headers = new WebhookHeaders();
        signer.Sign(new WebhookMessage(EventId, at, body), [.. secrets.Select(signer.SecretFormat.Parse)], headers);
        return headers;
    }

    /// <summary>The headers as they stand in a request.</summary>
    public static string[] Lines(this WebhookHeaders headers) => [.. headers.Select(h => $"{h.Key}: {h.Value}")];
}

using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Profiles;

/// <summary>ReviewSense: 6 attempts over 32 h 35 m, exactly; the first exhausted delivery disables the endpoint.</summary>
internal static class ReviewSenseProfile
{
    public static WebhookProfile Create() => new()
    {
        Name = "reviewsense",
        Description = "ReviewSense: hex HMAC of the body, exact schedule",
        Envelope = new VersionedEnvelope("v1"),
        Signer = new HexHmacSigner("X-ReviewSense-Signature"),
        RetryPolicy = WebhookRetryPolicy
            .Schedule(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(24)) with { HonoursRetryAfter = false, GoneIsFinal = false },
        DisableRule = new DisableRule.AfterExhausted(1),
        Timeout = TimeSpan.FromSeconds(10),
        EventTypes =
        [
            "review.analysed", "review.flagged", "review.responded", "review.response_ready", "quota.warning", "quota.exceeded", "webhook.test",
        ],
        RequiresEventTypes = true,
        MaxSubscriptionsPerTenant = 10,
    };
}

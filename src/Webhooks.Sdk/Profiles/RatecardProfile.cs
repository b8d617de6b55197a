using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Profiles;

/// <summary>Ratecard: the secret itself in a header, at most 3 attempts, 3 seconds each; never disables; the secret stays readable.</summary>
internal static class RatecardProfile
{
    public static WebhookProfile Create() => new()
    {
        Name = "ratecard",
        Description = "Ratecard: names webhook and account, secret in a header",
        Envelope = new AccountEnvelope(),
        Signer = new SecretHeaderSigner("Ratecard-Webhook-Secret"),

        // The source gives the count only; the delays are our reading.
        RetryPolicy = WebhookRetryPolicy.Schedule(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100)) with { HonoursRetryAfter = false, GoneIsFinal = false },
        DisableRule = new DisableRule.Never(),
        Timeout = TimeSpan.FromSeconds(3),
        EventTypes =
        [
            "messages.sent", "messages.opened", "messages.clicked", "feedback.created", "feedback.updated", "feedback.received", "feedback.closed",
            "feedback.reopened", "feedback.assigned", "feedback.archived", "feedback.replied", "feedback.noted",
        ],
        IsSecretReadable = true,
    };
}

using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Profiles;

/// <summary>MoreGoodReviews: the standard body and signature, 5 attempts, disabled after 5 exhausted deliveries in a row.</summary>
internal static class MoreGoodReviewsProfile
{
    public static WebhookProfile Create() => new()
    {
        Name = "moregoodreviews",
        Description = "MoreGoodReviews: standard body and signature",
        Envelope = new StandardEnvelope(),
        Signer = new StandardWebhooksSigner(),
        RetryPolicy = WebhookRetryPolicy.Schedule(
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)),
        DisableRule = new DisableRule.AfterExhausted(5),
        EventTypes = ["review-created", "review-updated", "review-deleted", "message-created", "message-updated", "message-deleted"],
    };
}

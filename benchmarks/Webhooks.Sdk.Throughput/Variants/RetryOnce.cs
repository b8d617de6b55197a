using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>For endpoints that fail: one more attempt a second later, then it is given up.</summary>
internal static class RetryOnce
{
    public static readonly WebhookProfile Profile = WebhookProfiles.Standard with
    {
        Name = "retry-once",
        RetryPolicy = WebhookRetryPolicy.Schedule(TimeSpan.FromSeconds(1)),
    };
}

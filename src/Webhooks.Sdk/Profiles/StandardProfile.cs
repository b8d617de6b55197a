using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Profiles;

/// <summary>Standard Webhooks 1.0: 10 attempts over 75 h 35 m 5 s, with ±10 % jitter.</summary>
internal static class StandardProfile
{
    public static readonly WebhookRetryPolicy RetryPolicy = WebhookRetryPolicy.Schedule(
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24)) with { Jitter = 0.1 };

    public static WebhookProfile Create() => new()
    {
        Name = "standard",
        Description = "Standard Webhooks 1.0",
        Envelope = new StandardEnvelope(),
        Signer = new StandardWebhooksSigner(),
        RetryPolicy = RetryPolicy,
    };
}

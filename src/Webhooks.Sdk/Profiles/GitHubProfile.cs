using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Profiles;

/// <summary>GitHub: the body is the data, the rest are headers; 10 seconds, no automatic retry.</summary>
internal static class GitHubProfile
{
    public static WebhookProfile Create() => new()
    {
        Name = "github",
        Description = "GitHub: the data itself, X-Hub-Signature-256",
        Envelope = new DataEnvelope(),
        Signer = new HexHmacSigner("X-Hub-Signature-256", "sha256="),
        RetryPolicy = WebhookRetryPolicy.Schedule() with { HonoursRetryAfter = false, GoneIsFinal = false },
        DisableRule = new DisableRule.Never(),
        Timeout = TimeSpan.FromSeconds(10),
        TestEventType = "ping",
    };
}

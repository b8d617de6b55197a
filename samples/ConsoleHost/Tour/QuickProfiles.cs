using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;

namespace ConsoleHost.Tour;

/// <summary>Presets with a compressed schedule: the same attempts and the same rules in a moment instead of days.</summary>
internal static class QuickProfiles
{
    public const double Scale = 1e-6;

    public static WebhookProfile Standard { get; } = Quick(WebhookProfiles.Standard);

    public static WebhookProfile ReviewSense { get; } = Quick(WebhookProfiles.ReviewSense);

    private static WebhookProfile Quick(WebhookProfile preset) => preset with
    {
        Name = preset.Name + "-quick",
        RetryPolicy = ((WebhookRetryPolicy)preset.RetryPolicy).Scaled(Scale),
    };
}

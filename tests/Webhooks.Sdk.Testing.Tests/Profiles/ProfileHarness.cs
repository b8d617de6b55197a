using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Retries;

namespace Webhooks.Sdk.Testing.Tests.Profiles;

/// <summary>A harness with one subscription in one profile, whose jitter is pinned so that times can be told to the tick.</summary>
internal static class ProfileHarness
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts it. <paramref name="random"/> is what every draw gives: 0 makes each delay the shortest, 0.5 the scheduled one, 1 the longest.</summary>
    public static async Task<WebhookHarness> StartAsync(string profileName, double random = 0.5)
    {
        var preset = WebhookProfiles.All.Single(p => p.Name == profileName);
        var pinned = preset with { RetryPolicy = (WebhookRetryPolicy)preset.RetryPolicy with { Random = () => random } };
        var harness = await WebhookHarness.StartAsync(w => w.UseProfile(pinned), cancellationToken: Cancel);
        await harness.SubscribeAsync(pinned);
        return harness;
    }

    /// <summary>Publishes an event of the first type that the profile's system sends.</summary>
    public static async Task PublishAsync(this WebhookHarness harness, string profileName, string id) => await harness.PublishAsync(
        new NewWebhookEvent { Type = WebhookProfiles.All.Single(p => p.Name == profileName).EventTypes.FirstOrDefault("push"), Id = id, Data = "{}" },
        cancellationToken: Cancel);

    /// <summary>Moves the time on to so many seconds after the start.</summary>
    public static Task AdvanceToAsync(this WebhookHarness harness, double seconds) =>
        harness.AdvanceAsync(At(seconds) - harness.Time.GetUtcNow(), Cancel);

    public static DateTimeOffset At(double seconds) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
}

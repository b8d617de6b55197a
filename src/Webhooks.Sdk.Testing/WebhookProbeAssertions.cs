using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Testing.Assertions;
using Webhooks.Sdk.Testing.Recording;

namespace Webhooks.Sdk.Testing;

/// <summary>What a test may expect, for any test framework. Each throws a <see cref="WebhookAssertionException"/> that says what there was instead.</summary>
public static class WebhookProbeAssertions
{
    /// <summary>Events of this type were published: so many, or at least one. Returns them.</summary>
    public static IReadOnlyList<PublishedWebhook> ShouldHavePublished(this WebhookProbe probe, string eventType, int? times = null) =>
        Expect("published", eventType, probe.Published, p => p.Type == eventType, times, Describe);

    /// <summary>No event of this type was published.</summary>
    public static void ShouldNotHavePublished(this WebhookProbe probe, string eventType) => probe.ShouldHavePublished(eventType, 0);

    /// <summary>An event arrived: at so many subscriptions, or at one at least. Returns the deliveries.</summary>
    public static IReadOnlyList<WebhookDelivery> ShouldHaveDelivered(this WebhookProbe probe, string eventId, int? times = null) =>
        Expect("delivered", eventId, probe.Delivered, d => d.EventId == eventId, times, d => Describe(probe, d));

    /// <summary>An event has not arrived anywhere.</summary>
    public static void ShouldNotHaveDelivered(this WebhookProbe probe, string eventId) => probe.ShouldHaveDelivered(eventId, 0);

    /// <summary>An event was given up, for that reason if one is named. Returns the deliveries.</summary>
    public static IReadOnlyList<WebhookDelivery> ShouldHaveFailed(this WebhookProbe probe, string eventId, FailureReason? reason = null, int? times = null) =>
        Expect(reason is null ? "failed" : $"failed ({reason})", eventId, probe.Failed,
            d => d.EventId == eventId && (reason is null || d.FailureReason == reason), times, d => Describe(probe, d));

    private static List<T> Expect<T>(string verb, string what, IReadOnlyList<T> all, Func<T, bool> matches, int? times, Func<T, string> describe)
    {
        var found = all.Where(matches).ToList();
        if (times is null ? found.Count > 0 : found.Count == times)
        {
            return found;
        }

        var expected = times is null ? "at least once" : times == 1 ? "once" : $"{times} times";
        var there = all.Count == 0 ? "nothing" : string.Concat(all.Select(a => $"{Environment.NewLine}- {describe(a)}"));
        throw new WebhookAssertionException($"Expected '{what}' to be {verb} {expected}, but it was {found.Count} times. So far {verb}: {there}");
    }

    private static string Describe(PublishedWebhook published) => published.ToString();

    private static string Describe(WebhookProbe probe, WebhookDelivery delivery)
    {
        var last = probe.Attempts.LastOrDefault(a => a.DeliveryId == delivery.Id)?.Result;
        var answer = last is null ? "never attempted" : last.StatusCode > 0 ? $"last answer {last.StatusCode}" : $"last error {last.Error}";
        return $"{delivery.EventType} {delivery.EventId} to {delivery.SubscriptionId}: {delivery.State}, {delivery.Attempts} attempts, {answer}"
            + (delivery.FailureReason is { } reason ? $", {reason}" : "");
    }
}

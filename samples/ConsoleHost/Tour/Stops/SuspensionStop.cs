using ConsoleHost.Output;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;

namespace ConsoleHost.Tour.Stops;

/// <summary>ReviewSense's rule: six attempts over 32 h 35 m, then the endpoint is off until its owner has repaired it. Compressed here.</summary>
internal sealed class SuspensionStop : ITourStop
{
    private const string Tenant = "broken";
    private const string EventType = "review.flagged";

    public string Title => "A failing endpoint is suspended, repaired, and gets what it missed";

    public async Task<IReadOnlyList<Finding>> RunAsync(TourGround ground, CancellationToken cancellationToken)
    {
        var (publisher, deliveries) = (ground.Host.Publisher, ground.Host.Deliveries);
        var data = Examples.Read("reviewsense", EventType);
        var customer = await ground.CustomerAsync(new CustomerPlan(QuickProfiles.ReviewSense, Tenant, EventType), cancellationToken);
        customer.AnswersWith(500);
        await publisher.PublishAsync(EventType, data, Tenant, cancellationToken);
        await ground.Host.Watch.SuspensionAsync(customer.SubscriptionId, cancellationToken);

        var log = await customer.LogAsync(cancellationToken);
        AttemptLines.Print(log);
        var suspended = await ground.Host.Subscriptions.GetAsync(customer.SubscriptionId, cancellationToken);
        Console.WriteLine($"  {Paint.Bad(suspended.StateReason ?? "")}");
        var whileOff = await publisher.PublishAsync(EventType, data, Tenant, cancellationToken);
        var failed = await deliveries.ListAsync(new DeliveryQuery { SubscriptionId = customer.SubscriptionId, State = DeliveryState.Failed }, cancellationToken);

        customer.AnswersWith(200);
        var enabled = await ground.Host.Subscriptions.EnableAsync(customer.SubscriptionId, cancellationToken);
        var resent = await deliveries.ResendAsync(failed.Items[0].Id, cancellationToken);
        await customer.EndsAsync(2, cancellationToken); // given up before, delivered now
        var delivered = await deliveries.ListAsync(new DeliveryQuery { SubscriptionId = customer.SubscriptionId }, cancellationToken);
        AttemptLines.Print((await customer.LogAsync(cancellationToken)).Skip(log.Count));
        return
        [
            new("failing endpoint: attempts in the log", "6", $"{log.Count}"),
            new("failing endpoint: waits, uncompressed", Waits(WebhookProfiles.ReviewSense.RetryPolicy.Delays), Waits(log.Select(a => a.RetryDelay / QuickProfiles.Scale))),
            new("failing endpoint: state", "Suspended", $"{suspended.State}"),
            new("failing endpoint: failed deliveries", "Exhausted", string.Join(", ", failed.Items.Select(d => d.FailureReason))),
            new("while it is off: published, not queued", "NoSubscriber", $"{whileOff.Outcome}"),
            new("after repair: state, resend", "Enabled, Resent", $"{enabled.State}, {resent}"),
            new("after repair: deliveries", "Delivered", string.Join(", ", delivered.Items.Select(d => d.State))),
            new("after repair: requests, verified", "7, 7", $"{customer.Requests.Count}, {customer.VerifiedCount()}"),
        ];
    }

    private static string Waits(IEnumerable<TimeSpan?> delays) => string.Join(", ", delays.OfType<TimeSpan>().Select(Durations.Text));

    private static string Waits(IEnumerable<TimeSpan> delays) => string.Join(", ", delays.Select(Durations.Text));
}

using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Publishing;

namespace ConsoleHost.Tour.Stops;

/// <summary>The application is ended while a request is out, and starts again on the same file.</summary>
internal sealed class RestartStop : ITourStop
{
    private const string Tenant = "restart";
    private const string EventType = "review-updated";
    private const string Data = """{"id":8,"rating":2}""";

    public string Title => "The application ends in the middle of a request, and goes on after a restart";

    public async Task<IReadOnlyList<Finding>> RunAsync(TourGround ground, CancellationToken cancellationToken)
    {
        var customer = await ground.CustomerAsync(new CustomerPlan(QuickProfiles.Standard, Tenant), cancellationToken);
        customer.HangsOnce();
        var published = await ground.Host.Publisher.PublishAsync(EventType, Data, Tenant, cancellationToken);
        await customer.HangingAsync(cancellationToken);
        var before = await KeptAsync(ground, cancellationToken);

        await ground.RestartAsync(cancellationToken);
        await customer.EndsAsync(1, cancellationToken);

        AttemptLines.Print(await customer.LogAsync(cancellationToken));
        var delivered = await ground.Host.Deliveries.ListAsync(new DeliveryQuery { SubscriptionId = customer.SubscriptionId }, cancellationToken);
        var again = await ground.Host.Publisher.PublishAsync(
            new NewWebhookEvent { Id = published.EventId, Type = EventType, Data = Data, TenantId = Tenant }, null, cancellationToken);
        return
        [
            new("restart: requests, message ids, verified", "2, 1, 2", $"{customer.Requests.Count}, {customer.Requests.Select(r => r.Header("webhook-id")).Distinct().Count()}, {customer.VerifiedCount()}"),
            new("restart: deliveries", "Delivered", string.Join(", ", delivered.Items.Select(d => d.State))),
            new("restart: attempts of the stop before, still in the log", before, await KeptAsync(ground, cancellationToken)),
            new("restart: the event id of before published again", "Duplicate", $"{again.Outcome}"),
        ];
    }

    // The log of the stop before this one.
    private static async Task<string> KeptAsync(TourGround ground, CancellationToken cancellationToken)
    {
        var log = await ground.Host.Deliveries.ListAttemptsAsync(new DeliveryQuery { TenantId = RetryStop.Tenant }, cancellationToken);
        return string.Join(", ", log.Items.Select(a => a.Result.StatusCode));
    }
}

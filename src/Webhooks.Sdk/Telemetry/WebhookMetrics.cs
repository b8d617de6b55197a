using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Webhooks.Sdk.Telemetry;

/// <summary>The meter <c>Webhooks.Sdk</c>. Durations in seconds. Tags have few values: never an id or a URL.</summary>
internal sealed class WebhookMetrics
{
    private readonly Counter<long> _published;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _suspended;
    private readonly Counter<long> _leasesLost;
    private readonly Histogram<double> _duration;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(WebhookTelemetry.MeterName);
        _published = meter.CreateCounter<long>("webhooks.events.published", "{event}", "Events given to the publisher.");
        _attempts = meter.CreateCounter<long>("webhooks.delivery.attempts", "{attempt}", "Attempts made.");
        _failed = meter.CreateCounter<long>("webhooks.deliveries.failed", "{delivery}", "Deliveries given up.");
        _suspended = meter.CreateCounter<long>("webhooks.subscriptions.suspended", "{subscription}", "Subscriptions suspended by the disable rule.");
        _leasesLost = meter.CreateCounter<long>("webhooks.leases.lost", "{lease}", "Results that came after their lease had ended.");
        _duration = meter.CreateHistogram<double>("webhooks.delivery.attempt.duration", "s", "From the beginning of an attempt to its end.");
    }

    public void Published(string eventType, string outcome)
    {
        if (_published.Enabled)
        {
            _published.Add(1, new("webhooks.event.type", eventType), new("webhooks.outcome", outcome));
        }
    }

    public void Attempted(string eventType, int statusCode, string error, TimeSpan duration)
    {
        if (_attempts.Enabled || _duration.Enabled)
        {
            var tags = new TagList { { "webhooks.event.type", eventType }, { "http.response.status_code", statusCode }, { "error.type", error } };
            _attempts.Add(1, tags);
            _duration.Record(duration.TotalSeconds, tags);
        }
    }

    public void DeliveryFailed(string reason) => _failed.Add(1, new KeyValuePair<string, object?>("webhooks.reason", reason));

    public void SubscriptionSuspended() => _suspended.Add(1);

    public void LeaseLost() => _leasesLost.Add(1);
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Webhooks.Sdk.Telemetry;

/// <summary>What arrives and what handlers make of it, on the same meter. Tags have few values: a stranger's text is never one.</summary>
internal sealed class ReceiverMetrics
{
    private readonly Counter<long> _received;
    private readonly Histogram<double> _duration;

    public ReceiverMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(WebhookTelemetry.MeterName);
        _received = meter.CreateCounter<long>("webhooks.messages.received", "{message}", "Requests to receivers, by their outcome.");
        _duration = meter.CreateHistogram<double>("webhooks.handler.duration", "s", "Runs of handlers.");
    }

    public void Received(string receiver, string outcome) =>
        _received.Add(1, new KeyValuePair<string, object?>("webhooks.receiver", receiver), new KeyValuePair<string, object?>("webhooks.outcome", outcome));

    public void Ran(string receiver, string eventType, Exception? failure, TimeSpan duration)
    {
        if (_duration.Enabled)
        {
            _duration.Record(duration.TotalSeconds, new TagList { { "webhooks.receiver", receiver }, { "webhooks.event.type", eventType }, { "error.type", failure?.GetType().Name } });
        }
    }
}

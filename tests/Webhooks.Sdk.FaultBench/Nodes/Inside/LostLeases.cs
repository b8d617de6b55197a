using System.Diagnostics.Metrics;

namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>Hears the counter of lost leases, the one that a host would put on its dashboard.</summary>
internal sealed class LostLeases : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public LostLeases(NodeReport report)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Webhooks.Sdk", Name: "webhooks.leases.lost" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => report.LostLeases(Interlocked.Add(ref _count, value)));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();
}

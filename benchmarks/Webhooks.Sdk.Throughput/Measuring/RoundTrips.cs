using System.Diagnostics.Metrics;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>How often this process has asked PostgreSQL for something and waited: Npgsql reports one operation for each.</summary>
internal static class RoundTrips
{
    private static readonly MeterListener Listener = Listen();
    private static long s_count;

    public static long Count => Listener is null ? 0 : Interlocked.Read(ref s_count);

    private static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.duration" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => Interlocked.Increment(ref s_count));
        listener.Start();
        return listener;
    }
}

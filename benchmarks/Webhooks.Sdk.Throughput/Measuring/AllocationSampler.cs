using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>Which types the bytes go to: the runtime reports one allocation in about every hundred kilobytes.</summary>
internal sealed class AllocationSampler : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Gc = (EventKeywords)1;
    private const int TypeNameField = 5;
    private const int AmountField = 3;

    private readonly ConcurrentDictionary<string, long> _bytesByType = new(StringComparer.Ordinal);

    public IEnumerable<(string Type, long Bytes)> Largest => _bytesByType.Select(t => (t.Key, t.Value)).OrderByDescending(t => t.Value);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Verbose, Gc);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true && eventData.Payload is { } fields)
        {
            var type = fields[TypeNameField] as string ?? "?";
            var bytes = Convert.ToInt64(fields[AmountField], System.Globalization.CultureInfo.InvariantCulture);
            _bytesByType.AddOrUpdate(type, bytes, (_, sum) => sum + bytes);
        }
    }
}

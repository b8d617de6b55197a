using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Writes results back. One write is under way at a time; what ends meanwhile goes into the next one, so a slow store gets large batches and a
/// fast one none. A write that fails is repeated for as long as the leases hold, and then left to them. A runner waits for its result: what a
/// process that dies can have sent without the store knowing is what its runners have in hand, and no more.
/// </summary>
internal sealed class ResultRecorder(IWebhookDeliveryStore store, RecordedResults recorded, TimeSpan lease, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private RecordBatch _next = new();
    private RecordBatch _current = new();
    private bool _isWriting;

    /// <summary>Comes back when the result is stored, or left to its lease.</summary>
    public ValueTask AddAsync(EndpointLane lane, in DeliveryRecord record)
    {
        lock (_gate)
        {
            _next.Add(lane, record);
            if (_isWriting)
            {
                return new ValueTask(_next.WhenStored());
            }

            _isWriting = true;
        }

        return WriteAsync();
    }

    private async ValueTask WriteAsync()
    {
        while (Swap())
        {
            var stored = await StoreAsync(_current.Records);
            _current.Stored();
            if (stored is { } lost)
            {
                await recorded.AfterAsync(_current, lost);
            }
            else
            {
                recorded.Abandoned(_current.Count);
            }
        }
    }

    private bool Swap()
    {
        lock (_gate)
        {
            _current.Clear();
            (_current, _next) = (_next, _current);
            return _isWriting = _current.Count > 0;
        }
    }

    // Null when it could not be stored while the leases held.
    private async ValueTask<IReadOnlyList<ClaimedDelivery>?> StoreAsync(IReadOnlyList<DeliveryRecord> records)
    {
        var started = time.GetTimestamp();
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                return await store.RecordAsync(records, CancellationToken.None);
            }
            catch (Exception e) when (time.GetElapsedTime(started) + delay < lease)
            {
                logger.StoreFailed(e, delay);
                await Task.Delay(delay, time);
            }
            catch (Exception e)
            {
                logger.ResultsAbandoned(e, records.Count);
                return null;
            }
        }
    }
}

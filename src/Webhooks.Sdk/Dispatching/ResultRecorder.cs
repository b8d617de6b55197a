using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Writes results back. One write is under way at a time; what ends meanwhile goes into the next one, so a slow store gets large batches and a
/// fast one none. A write that fails is repeated for as long as the leases hold, and then left to them. Runners go on meanwhile, but only so
/// far: what a process that dies has sent without the store knowing is sent again, so it is bounded.
/// </summary>
internal sealed class ResultRecorder(
    IWebhookDeliveryStore store, RecordedResults recorded, TimeSpan lease, int maxUnstored, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private RecordBatch _next = new();
    private RecordBatch _current = new();
    private bool _isWriting;

    /// <summary>Comes back when few enough results wait: those of the write that is under way and of the next one count together.</summary>
    public ValueTask AddAsync(EndpointLane lane, in DeliveryRecord record)
    {
        lock (_gate)
        {
            _next.Add(lane, record);
            if (_isWriting)
            {
                return HasRoom ? ValueTask.CompletedTask : WaitForRoomAsync(_current.WhenStored());
            }

            _isWriting = true;
            (_current, _next) = (_next, _current);
        }

        return WriteAsync();
    }

    private bool HasRoom => _current.Count + _next.Count <= maxUnstored;

    /// <summary>What is not stored yet, for lease renewal.</summary>
    public void CopyTo(List<ClaimedDelivery> target)
    {
        lock (_gate)
        {
            target.AddRange(_current.Records.Select(r => r.Delivery));
            target.AddRange(_next.Records.Select(r => r.Delivery));
        }
    }

    private async ValueTask WaitForRoomAsync(Task stored)
    {
        while (true)
        {
            await stored;
            lock (_gate)
            {
                if (HasRoom)
                {
                    return;
                }

                stored = _current.WhenStored();
            }
        }
    }

    private async ValueTask WriteAsync()
    {
        do
        {
            var stored = await StoreAsync(_current.Records);
            if (stored is { } lost)
            {
                await recorded.AfterAsync(_current, lost);
            }
            else
            {
                recorded.Abandoned(_current.Count);
            }
        }
        while (Swap());
    }

    private bool Swap()
    {
        TaskCompletionSource? stored;
        bool more;
        lock (_gate)
        {
            stored = _current.TakeWaiters();
            _current.Clear();
            (_current, _next) = (_next, _current);
            more = _isWriting = _current.Count > 0;
        }

        stored?.TrySetResult();
        return more;
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

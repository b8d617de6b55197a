using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Writes results back. One write is under way at a time; what ends meanwhile goes into the next one, so a slow store gets large batches and a
/// fast one none. A write that fails is repeated for as long as the leases hold, and then left to them.
/// </summary>
internal sealed class ResultRecorder(IWebhookDeliveryStore store, RecordedResults recorded, TimeSpan lease, TimeProvider time, ILogger logger)
{
    // Beyond this the runners wait: results must not pile up in memory while a store is away.
    private const int MaxWaiting = 1000;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private RecordBatch _next = new();
    private RecordBatch _current = new();
    private bool _isWriting;
    private TaskCompletionSource? _room;

    public ValueTask AddAsync(EndpointLane lane, in DeliveryRecord record)
    {
        lock (_gate)
        {
            _next.Add(lane, record);
            if (_isWriting)
            {
                return _next.Count <= MaxWaiting ? ValueTask.CompletedTask
                    : new ValueTask((_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task);
            }

            _isWriting = true;
        }

        return WriteAsync();
    }

    /// <summary>What is not written yet, for lease renewal.</summary>
    public void CopyTo(List<ClaimedDelivery> target)
    {
        lock (_gate)
        {
            target.AddRange(_next.Records.Select(r => r.Delivery));
            target.AddRange(_current.Records.Select(r => r.Delivery));
        }
    }

    private async ValueTask WriteAsync()
    {
        while (Swap())
        {
            if (await StoreAsync(_current.Records) is { } lost)
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
        TaskCompletionSource? room;
        bool more;
        lock (_gate)
        {
            _current.Clear();
            (_current, _next) = (_next, _current);
            more = _current.Count > 0;
            _isWriting = more;
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
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

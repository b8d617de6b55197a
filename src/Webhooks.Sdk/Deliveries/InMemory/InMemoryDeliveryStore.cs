using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>Events and deliveries in memory, the default. Bounded; gone when the process ends.</summary>
internal sealed class InMemoryDeliveryStore : IWebhookDeliveryStore, IDisposable
{
    private static readonly IReadOnlyList<bool> OneNew = [true];
    private static readonly IReadOnlyList<bool> OneKnown = [false];

    private readonly Lock _gate = new();
    private readonly DeliveryQueue _queue = new();
    private readonly EventTable _events;
    private readonly AttemptLog _log;
    private readonly FailedTable _failed = new();
    private readonly InMemoryStoreOptions _options;
    private readonly ILogger<InMemoryDeliveryStore> _logger;
    private readonly TimeProvider _time;
    private readonly DeliveryReader _reader;
    private readonly WakeUp _work;
    private readonly RoomSignal _room = new();

    public InMemoryDeliveryStore(IOptions<InMemoryStoreOptions> options, TimeProvider time, ILogger<InMemoryDeliveryStore> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _events = new EventTable(_options);
        _log = new AttemptLog(_options.MaxAttempts);
        _reader = new DeliveryReader(_queue, _failed, _log);
        _work = new WakeUp(time);
    }

    public async ValueTask<IReadOnlyList<bool>> EnqueueAsync(IReadOnlyList<EventTargets> batch, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        if (transaction is not null)
        {
            throw new WebhookException("The in-memory store cannot take part in a database transaction. Call UseSqlite(…) or UsePostgreSql(…) in AddWebhooks.");
        }

        var size = Measure(batch);
        if (size.Count > _options.MaxPending || size.Bytes > _options.MaxPendingBytes)
        {
            throw new WebhookQueueFullException($"{size.Count} deliveries of {size.Bytes} bytes at once are more than the store holds {Bounds}.");
        }

        var stored = TryEnqueue(batch, size) ?? await EnqueueWhenRoomAsync(batch, size, cancellationToken);
        Wake();
        return stored;
    }

    public ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        _work.Reset();
        lock (_gate)
        {
            return new(_queue.Claim(request, Now()));
        }
    }

    public ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        long next;
        lock (_gate)
        {
            next = _queue.NextDueAt;
        }

        var untilDue = next == long.MaxValue ? timeout : TimeSpan.FromTicks(Math.Max(0, next - Now()));
        return _work.WaitAsync(untilDue < timeout ? untilDue : timeout, cancellationToken);
    }

    public ValueTask RenewAsync(IReadOnlyList<ClaimedDelivery> deliveries, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var end = Now() + lease.Ticks;
            foreach (var delivery in deliveries)
            {
                _queue.Renew(delivery.LeaseToken, end);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ClaimedDelivery>> RecordAsync(IReadOnlyList<DeliveryRecord> batch, CancellationToken cancellationToken)
    {
        List<ClaimedDelivery>? lost = null;
        lock (_gate)
        {
            var now = Now();
            for (var i = 0; i < batch.Count; i++)
            {
                var record = batch[i];
                if (_queue.TryEndLease(record.Delivery.LeaseToken, out var queued))
                {
                    _log.Add(record, queued.Sequence);
                    Apply(record, ref queued, now);
                }
                else
                {
                    _log.Add(record, sequence: null);
                    (lost ??= []).Add(record.Delivery);
                }
            }
        }

        Wake();
        return new(lost ?? (IReadOnlyList<ClaimedDelivery>)[]);
    }

    public ValueTask LogAsync(DeliveryAttemptRecord attempt, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _log.Add(attempt);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<int> FailPendingAsync(string subscriptionId, FailureReason reason, CancellationToken cancellationToken)
    {
        int count;
        lock (_gate)
        {
            var taken = _queue.TakeAll(subscriptionId, Now());
            foreach (var delivery in taken)
            {
                Fail(delivery, reason);
            }

            count = taken.Count;
        }

        Wake();
        return new(count);
    }

    public ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_failed.Remove(deliveryId) is { } failed)
            {
                _queue.Add(failed.Queued.Row, failed.Queued.TargetIndex, Now());
            }
            else if (_queue.All.Any(d => DeliveryViews.Is(d, deliveryId)))
            {
                return new(ResendOutcome.AlreadyPending);
            }
            else
            {
                var delivered = _log.NewestFirst().FirstOrDefault(l => l.IsFinal && l.Is(deliveryId));
                if (delivered.Number == 0 || !_events.TryGet(delivered.EventId, out var row))
                {
                    return new(ResendOutcome.NotFound);
                }

                _log.Reopen(delivered.Number);
                _queue.Add(row, row.FindTarget(delivered.SubscriptionId) ?? row.AddTarget(new(delivered.SubscriptionId)), Now());
            }
        }

        Wake();
        return new(ResendOutcome.Resent);
    }

    public ValueTask<int> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken)
    {
        var recovered = new List<(EventRow Row, int TargetIndex)>();
        lock (_gate)
        {
            var (since, now) = (request.Since.UtcTicks, Now());
            foreach (var failed in _failed.Take(f => f.Queued.Queue.SubscriptionId == request.Target.SubscriptionId && f.Queued.Row.StoredAt >= since))
            {
                recovered.Add((failed.Queued.Row, failed.Queued.TargetIndex));
            }

            foreach (var row in _events.Rows)
            {
                if (row.StoredAt >= since && row.Event.TenantId == request.TenantId && request.Filter.Matches(row.Event.Type)
                    && row.FindTarget(request.Target.SubscriptionId) is null)
                {
                    recovered.Add((row, row.AddTarget(request.Target)));
                }
            }

            foreach (var (row, targetIndex) in recovered.OrderBy(r => r.Row.Number))
            {
                _queue.Add(row, targetIndex, now);
            }
        }

        Wake();
        return new(recovered.Count);
    }

    public ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_reader.List(query));
        }
    }

    public ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_reader.ListAttempts(query));
        }
    }

    public ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_events.TryGet(eventId, out var row) ? row.Event : null);
        }
    }

    public ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _queue.MoveTo(Now());
            return new(_reader.Backlog());
        }
    }

    public ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(AttemptTally.Of(_log, query));
        }
    }

    public ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var before = _time.GetUtcNow() - age;
            var purged = _events.PurgeBefore(before.UtcTicks) + _log.PurgeBefore(before);
            return new(purged + _failed.Take(f => f.CompletedAt < before).Count);
        }
    }

    public void Dispose() => _work.Dispose();

    // Also looks for what would throw in the middle: a batch is stored as a whole or not at all.
    private static (int Count, long Bytes) Measure(IReadOnlyList<EventTargets> batch)
    {
        var (count, bytes) = (0, 0L);
        for (var i = 0; i < batch.Count; i++)
        {
            var (@event, targets) = (batch[i].Event, batch[i].Targets);
            ArgumentNullException.ThrowIfNull(@event?.Id);
            for (var j = 0; j < targets.Count; j++)
            {
                ArgumentNullException.ThrowIfNull(targets[j].SubscriptionId);
            }

            count += targets.Count;
            bytes += targets.Count > 0 ? @event.Data.Length : 0;
        }

        return (count, bytes);
    }

    private async ValueTask<IReadOnlyList<bool>> EnqueueWhenRoomAsync(
        IReadOnlyList<EventTargets> batch, (int Count, long Bytes) size, CancellationToken cancellationToken)
    {
        var deadline = Now() + _options.EnqueueTimeout.Ticks;
        while (true)
        {
            var room = _room.Next();
            if (TryEnqueue(batch, size) is { } stored)
            {
                return stored;
            }

            try
            {
                await room.WaitAsync(TimeSpan.FromTicks(Math.Max(0, deadline - Now())), _time, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new WebhookQueueFullException($"The store is full {Bounds} and no room came free within {_options.EnqueueTimeout} (EnqueueTimeout).");
            }
        }
    }

    private IReadOnlyList<bool>? TryEnqueue(IReadOnlyList<EventTargets> batch, (int Count, long Bytes) size)
    {
        lock (_gate)
        {
            if (_queue.Pending + size.Count > _options.MaxPending || _queue.PendingBytes + size.Bytes > _options.MaxPendingBytes)
            {
                return null;
            }

            var now = Now();
            if (batch.Count == 1)
            {
                return TryEnqueue(batch[0], now) ? OneNew : OneKnown;
            }

            var stored = new bool[batch.Count];
            for (var i = 0; i < stored.Length; i++)
            {
                stored[i] = TryEnqueue(batch[i], now);
            }

            return stored;
        }
    }

    private bool TryEnqueue(in EventTargets item, long now)
    {
        if (_events.Add(item.Event, item.Targets, now) is not { } row)
        {
            return false;
        }

        _queue.AddNew(row, now);
        return true;
    }

    private void Apply(in DeliveryRecord record, ref QueuedDelivery queued, long now)
    {
        switch (record.Transition)
        {
            case DeliveryTransition.Delivered:
                queued.Attempts++;
                _queue.Remove(queued);
                break;
            case DeliveryTransition.Retry retry:
                queued.Attempts++;
                _queue.PutBack(ref queued, now + retry.Delay.Ticks, now);
                break;
            case DeliveryTransition.Released released:
                _queue.PutBack(ref queued, now + released.Delay.Ticks, now);
                break;
            case DeliveryTransition.Failed failed:
                queued.Attempts += record.Result is null ? 0 : 1;
                _queue.Remove(queued);
                Fail(queued, failed.Reason);
                break;
            default:
                throw new InvalidOperationException($"Unknown transition {record.Transition}.");
        }
    }

    private void Fail(in QueuedDelivery delivery, FailureReason reason)
    {
        _failed.Add(new FailedDelivery(delivery, reason, _time.GetUtcNow()));
        while (_failed.Count > _options.MaxFailed)
        {
            var dropped = _failed.RemoveOldest().Queued;
            _logger.FailedDeliveryDropped(dropped.Row.Event.Id, dropped.Queue.SubscriptionId, _options.MaxFailed);
        }
    }

    private void Wake()
    {
        var (hasNews, hasRoom) = _queue.TakeNews();
        if (hasNews)
        {
            _work.Set();
        }

        if (hasRoom)
        {
            _room.Set();
        }
    }

    private string Bounds => $"(InMemoryStoreOptions.MaxPending = {_options.MaxPending}, MaxPendingBytes = {_options.MaxPendingBytes})";

    private long Now() => _time.GetUtcNow().UtcTicks;
}

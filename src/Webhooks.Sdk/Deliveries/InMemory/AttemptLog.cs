namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>The attempts log: a ring, so that writing costs nothing and the oldest lines go first.</summary>
internal sealed class AttemptLog(int capacity)
{
    private readonly Line[] _ring = new Line[Math.Max(1, capacity)];
    private long _written;
    private long _purged;

    internal struct Line
    {
        public long Number;
        public long DeliverySequence;
        public string EventId;
        public string EventType;
        public string TenantId;
        public string SubscriptionId;
        public DateTimeOffset EventTime;
        public AttemptResult Result;
        public TimeSpan? RetryDelay;
        public int Attempt;
        public DeliveryState? Outcome;
        public bool IsTest;

        /// <summary>The delivery was delivered by this attempt and has not been sent again since.</summary>
        public bool IsFinal;

        /// <summary>The id that the line came with; empty where it is computed.</summary>
        public Guid GivenId;

        public readonly Guid DeliveryId => GivenId != Guid.Empty ? GivenId : Events.DeliveryId.Of(EventTime, EventId, SubscriptionId);

        public readonly bool Matches(DeliveryQuery query) =>
            (query.TenantId is null || query.TenantId == TenantId)
            && (query.SubscriptionId is null || query.SubscriptionId == SubscriptionId)
            && (query.EventId is null || query.EventId == EventId)
            && (query.DeliveryId is not { } id || Is(id));

        public readonly bool Is(Guid id) => GivenId != Guid.Empty ? GivenId == id : Events.DeliveryId.Is(id, EventTime, EventId, SubscriptionId);
    }

    /// <summary>The attempt of a claimed delivery; without its sequence the lease was lost, and the attempt led to nothing.</summary>
    public void Add(in DeliveryRecord record, long? sequence)
    {
        if (record.Result is null)
        {
            return;
        }

        ref var line = ref Next();
        var @event = record.Delivery.Event;
        line.EventId = @event.Id;
        line.EventType = @event.Type;
        line.TenantId = @event.TenantId;
        line.EventTime = @event.CreatedAt;
        line.SubscriptionId = record.Delivery.SubscriptionId;
        line.Result = record.Result;
        line.Attempt = record.Delivery.Attempts + 1;
        if (sequence is not { } known)
        {
            return;
        }

        line.DeliverySequence = known;
        line.RetryDelay = (record.Transition as DeliveryTransition.Retry)?.Delay;
        line.IsFinal = record.Transition is DeliveryTransition.Delivered;
        line.Outcome = record.Transition switch
        {
            DeliveryTransition.Delivered => DeliveryState.Delivered,
            DeliveryTransition.Failed => DeliveryState.Failed,
            _ => DeliveryState.Pending,
        };
    }

    /// <summary>An attempt that belongs to no queued delivery: a test.</summary>
    public void Add(DeliveryAttemptRecord attempt)
    {
        ref var line = ref Next();
        line.EventId = attempt.EventId;
        line.EventType = attempt.EventType;
        line.TenantId = attempt.TenantId;
        line.SubscriptionId = attempt.SubscriptionId;
        line.GivenId = attempt.DeliveryId;
        line.Result = attempt.Result;
        line.Attempt = attempt.Number;
        line.Outcome = attempt.Outcome;
        line.RetryDelay = attempt.RetryDelay;
        line.IsTest = attempt.IsTest;
    }

    /// <summary>The lines, newest first.</summary>
    public IEnumerable<Line> NewestFirst(long before = long.MaxValue)
    {
        var oldest = Math.Max(_purged, _written - _ring.Length);
        for (var number = Math.Min(_written, before - 1); number > oldest; number--)
        {
            yield return _ring[(number - 1) % _ring.Length];
        }
    }

    /// <summary>A delivered delivery is sent again: its old line is no longer its state.</summary>
    public void Reopen(long number) => _ring[(number - 1) % _ring.Length].IsFinal = false;

    public long PurgeBefore(DateTimeOffset time)
    {
        var from = Math.Max(_purged, _written - _ring.Length);
        var purged = from;
        while (purged < _written && _ring[purged % _ring.Length].Result.StartedAt < time)
        {
            _ring[purged++ % _ring.Length] = default;
        }

        _purged = purged;
        return purged - from;
    }

    private ref Line Next()
    {
        ref var line = ref _ring[_written % _ring.Length];
        line = default;
        line.Number = ++_written;
        return ref line;
    }
}

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

        public readonly Guid DeliveryId => Events.DeliveryId.Of(EventTime, EventId, SubscriptionId);

        public readonly bool Matches(DeliveryQuery query) =>
            (query.TenantId is null || query.TenantId == TenantId)
            && (query.SubscriptionId is null || query.SubscriptionId == SubscriptionId)
            && (query.EventId is null || query.EventId == EventId)
            && (query.DeliveryId is null || query.DeliveryId == DeliveryId);
    }

    public ref Line Add()
    {
        ref var line = ref _ring[_written % _ring.Length];
        line = default;
        line.Number = ++_written;
        return ref line;
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
}

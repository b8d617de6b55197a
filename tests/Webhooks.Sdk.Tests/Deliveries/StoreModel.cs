using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Tests.Deliveries;

/// <summary>A delivery store as one would explain it on a blackboard: a list that is looked through from the front for everything.</summary>
internal sealed class StoreModel
{
    private readonly List<(string Event, DateTimeOffset StoredAt)> _events = [];
    private readonly HashSet<(string, string)> _targets = [];

    /// <summary>One delivery; it stands in its subscription's order at its <see cref="Place"/>.</summary>
    public sealed class Row
    {
        public required string Event { get; init; }

        public required string Subscription { get; init; }

        public DeliveryState State { get; set; }

        public int Attempts { get; set; }

        public int Place { get; set; }

        public DateTimeOffset DueAt { get; set; }

        /// <summary>While it is leased.</summary>
        public ClaimedDelivery? Claim { get; set; }

        public DateTimeOffset LeaseEnd { get; set; }

        public bool IsIdle => State == DeliveryState.Pending && Claim is null;
    }

    public DateTimeOffset Now { get; set; }

    public List<Row> Rows { get; } = [];

    private int _lastPlace;

    public static bool IsFifo(string subscription) => subscription.StartsWith("fifo", StringComparison.Ordinal);

    public Row? Find(string @event, string subscription) => Rows.SingleOrDefault(r => r.Event == @event && r.Subscription == subscription);

    public Row? HeldBy(ClaimedDelivery claim) => Rows.SingleOrDefault(r => r.Claim?.LeaseToken == claim.LeaseToken);

    public bool Enqueue(string @event, IEnumerable<string> subscriptions)
    {
        if (_events.Exists(e => e.Event == @event))
        {
            return false;
        }

        _events.Add((@event, Now));
        foreach (var subscription in subscriptions.Distinct())
        {
            Add(@event, subscription);
        }

        return true;
    }

    /// <summary>What may be claimed of a subscription; of a FIFO one its first at most.</summary>
    public List<Row> Claimable(string subscription)
    {
        var pending = Rows.Where(r => r.Subscription == subscription && r.State == DeliveryState.Pending).OrderBy(r => r.Place).ToList();
        return [.. (IsFifo(subscription) ? pending.Take(1) : pending).Where(r => r.IsIdle && r.DueAt <= Now)];
    }

    public void ExpireLeases()
    {
        foreach (var row in Rows.Where(r => r.Claim is not null && r.LeaseEnd <= Now))
        {
            row.Claim = null;
        }
    }

    public int FailPending(string subscription)
    {
        var idle = Rows.Where(r => r.Subscription == subscription && r.IsIdle).ToList();
        idle.ForEach(r => r.State = DeliveryState.Failed);
        return idle.Count;
    }

    public ResendOutcome Resend(string @event, string subscription)
    {
        var row = Find(@event, subscription);
        if (row is not null && row.State != DeliveryState.Pending)
        {
            Reopen(row);
            return ResendOutcome.Resent;
        }

        return row is null ? ResendOutcome.NotFound : ResendOutcome.AlreadyPending;
    }

    public int Recover(string subscription, DateTimeOffset since)
    {
        var count = 0;
        foreach (var (@event, _) in _events.Where(e => e.StoredAt >= since))
        {
            if (!_targets.Contains((@event, subscription)))
            {
                Add(@event, subscription);
                count++;
            }
            else if (Find(@event, subscription) is { State: DeliveryState.Failed } failed)
            {
                Reopen(failed);
                count++;
            }
        }

        return count;
    }

    private void Add(string @event, string subscription)
    {
        _targets.Add((@event, subscription)).Should().BeTrue();
        Rows.Add(new Row { Event = @event, Subscription = subscription, DueAt = Now, Place = ++_lastPlace });
    }

    private void Reopen(Row row) => (row.State, row.Attempts, row.DueAt, row.Place) = (DeliveryState.Pending, 0, Now, ++_lastPlace);
}

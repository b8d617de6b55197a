using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>Leases what is due, going round the subscriptions: each claim begins behind the subscription that the last one ended with.</summary>
internal sealed class SqliteClaim(SqliteDeliverySql sql, EventRows events)
{
    // With fewer rows due than this, whose they are is known from them. With more, the index is walked, usually not far until the claim is full;
    // where most of those on the way are not due, it gives up after some milliseconds, takes of the oldest, and the next claim goes on from there.
    private const int FewDue = 512;
    private const int LongestWalk = 1000;

    private string _position = "";

    /// <param name="session">Where from.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="byHand">How many each subscription has got already, of those that it may.</param>
    /// <param name="lease">The number of this claim's leases.</param>
    /// <param name="now">The time.</param>
    public List<ClaimedDelivery> Run(SqliteSession session, ClaimRequest request, Dictionary<string, int> byHand, long lease, long now)
    {
        var claimed = new List<ClaimedDelivery>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var subscription in Round(session, now))
        {
            if (seen.Add(subscription) && !request.ExcludedSubscriptions.Contains(subscription))
            {
                var count = Math.Min(request.MaxPerSubscription - byHand.GetValueOrDefault(subscription), request.MaxCount - claimed.Count);
                Lease(session, subscription, count, now, now + request.Lease.ToMicroseconds(), lease, claimed);
            }

            if (claimed.Count >= request.MaxCount)
            {
                break;
            }
        }

        return claimed;
    }

    /// <summary>Gives back what a process that has died had in hand.</summary>
    public int Reclaim(SqliteSession session, (long First, long Last) leases, long now)
    {
        using var reclaim = session.Use(sql.Reclaim);
        return reclaim.Bind(now).Bind(leases.First).Bind(leases.Last).Run();
    }

    private void Lease(SqliteSession session, string subscription, int count, long now, long end, long lease, List<ClaimedDelivery> claimed)
    {
        var first = claimed.Count;
        using (var due = session.Use(sql.DueOfSubscription).Bind(subscription).Bind(now).Bind(count))
        {
            while (due.Step())
            {
                claimed.Add(new ClaimedDelivery
                {
                    Event = events.Get(session, due.Integer(1)),
                    SubscriptionId = subscription,
                    SubscriptionName = due.TextOrNull(3),
                    Attempts = (int)due.Integer(2),
                    LeaseToken = new RowLease(lease, due.Integer(0)).ToGuid(),
                });
            }
        }

        // After the rows were read: a row whose due time changes moves in the index that was being read.
        for (var i = first; i < claimed.Count; i++)
        {
            using var update = session.Use(sql.Lease);
            update.Bind(lease).Bind(end).Bind(RowLease.Of(claimed[i].LeaseToken).Seq).Run();
        }
    }

    private IEnumerable<string> Round(SqliteSession session, long now)
    {
        var oldest = new List<string>();
        using (var select = session.Use(sql.OldestDueSubscriptions).Bind(now).Bind(FewDue))
        {
            while (select.Step())
            {
                oldest.Add(select.Text(0));
            }
        }

        return oldest.Count == FewDue ? Walk(session, now).Concat(oldest) : Rotate(oldest);
    }

    private IEnumerable<string> Rotate(List<string> subscriptions)
    {
        var start = _position;
        var sorted = subscriptions.Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var subscription in sorted.SkipWhile(s => string.CompareOrdinal(s, start) <= 0).Concat(sorted))
        {
            yield return _position = subscription;
        }
    }

    // From one subscription to the next by the index, looking at the most urgent row of each; behind the last comes the first again.
    private IEnumerable<string> Walk(SqliteSession session, long now)
    {
        var hasTurned = false;
        for (var steps = 0; steps < LongestWalk; steps++)
        {
            if (Next(session, _position) is { } next)
            {
                _position = next.Subscription;
                if (next.DueAt <= now)
                {
                    yield return _position;
                }
            }
            else if (hasTurned)
            {
                yield break;
            }
            else
            {
                (hasTurned, _position) = (true, "");
            }
        }
    }

    private (string Subscription, long DueAt)? Next(SqliteSession session, string after)
    {
        using var next = session.Use(sql.NextSubscription).Bind(after);
        return next.Step() ? (next.Text(0), next.Integer(1)) : null;
    }
}

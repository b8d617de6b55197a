using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>Leases what is due, going round the subscriptions: each claim begins behind the subscription that the last one ended with.</summary>
internal sealed class Claim(DeliverySql sql, EventRows events)
{
    // With fewer rows due than this, whose they are is known from them; with more, the index is walked, and the claim is full long before its end.
    private const int FewDue = 512;

    private string _lastServed = "";

    public List<ClaimedDelivery> Run(SqliteSession session, ClaimRequest request, long now)
    {
        var claimed = new List<ClaimedDelivery>();
        var lease = LeaseToken.NewLease();
        foreach (var subscription in Round(session, now))
        {
            if (request.ExcludedSubscriptions.Contains(subscription))
            {
                continue;
            }

            var count = Math.Min(request.MaxPerSubscription, request.MaxCount - claimed.Count);
            if (count <= 0)
            {
                break;
            }

            Lease(session, subscription, count, now, now + request.Lease.ToMicroseconds(), lease, claimed);
            _lastServed = subscription;
        }

        return claimed;
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
                    LeaseToken = new LeaseToken(lease, due.Integer(0)).ToGuid(),
                });
            }
        }

        // After the rows were read: a row whose due time changes moves in the index that was being read.
        for (var i = first; i < claimed.Count; i++)
        {
            using var update = session.Use(sql.Lease);
            update.Bind(lease).Bind(end).Bind(LeaseToken.Of(claimed[i].LeaseToken).Seq).Run();
        }
    }

    private IEnumerable<string> Round(SqliteSession session, long now)
    {
        var start = _lastServed;
        var few = new SortedSet<string>(StringComparer.Ordinal);
        var count = 0;
        using (var oldest = session.Use(sql.OldestDueSubscriptions).Bind(now).Bind(FewDue))
        {
            for (; oldest.Step(); count++)
            {
                few.Add(oldest.Text(0));
            }
        }

        return count == FewDue
            ? Walk(session, now, start, null).Concat(Walk(session, now, "", start))
            : few.Where(s => string.CompareOrdinal(s, start) > 0).Concat(few.Where(s => string.CompareOrdinal(s, start) <= 0));
    }

    // From one subscription to the next by the index, looking at the most urgent row of each.
    private IEnumerable<string> Walk(SqliteSession session, long now, string after, string? last)
    {
        while (Next(session, after, last) is { } next)
        {
            after = next.Subscription;
            if (next.DueAt <= now)
            {
                yield return after;
            }
        }
    }

    private (string Subscription, long DueAt)? Next(SqliteSession session, string after, string? last)
    {
        using var next = session.Use(sql.NextSubscription).Bind(after).Bind(last);
        return next.Step() ? (next.Text(0), next.Integer(1)) : null;
    }
}

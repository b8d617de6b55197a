using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>Moves a subscription's deliveries that nobody is attempting to the failed ones.</summary>
internal sealed class SqliteGiveUp(SqliteDeliverySql sql)
{
    /// <summary>Moves at most so many; returns how many.</summary>
    public int Run(SqliteSession session, string subscriptionId, FailureReason reason, int limit, long now)
    {
        var rows = NotLeased(session, subscriptionId, limit, now);
        foreach (var seq in rows)
        {
            using var copy = session.Use(sql.CopyNotLeasedToFailed);
            copy.Bind(Words.Of(reason)).Bind(now).Bind(seq).Run();
            using var delete = session.Use(sql.DeleteDelivery);
            delete.Bind(seq).Run();
        }

        // What is left of a FIFO subscription, because there were more than the limit, has a new head.
        if (rows.Count > 0)
        {
            using var promote = session.Use(sql.PromoteNext);
            promote.Bind(now).Bind(subscriptionId).Run();
        }

        return rows.Count;
    }

    private List<long> NotLeased(SqliteSession session, string subscriptionId, int limit, long now)
    {
        var rows = new List<long>();
        using var select = session.Use(sql.NotLeased).Bind(subscriptionId).Bind(now).Bind(limit);
        while (select.Step())
        {
            rows.Add(select.Integer(0));
        }

        return rows;
    }
}

using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Sqlite.Files;
using Webhooks.Sdk.Sqlite.Subscriptions;

namespace Webhooks.Sdk.Sqlite.Summaries;

/// <summary>
/// Keeps attempts counted, a thousand at a time, within transactions that record attempts anyway: no timer, nothing to start, and a chart reads some
/// hundred rows however many attempts there were. Numbers of attempts become visible in their order, because SQLite has one writer.
/// </summary>
internal sealed class SqliteAttemptSummaries(SqliteAttemptSummarySql sql)
{
    private const int Every = 1000;

    // More than come in between, so that whoever is behind catches up.
    private const int AtOnce = 5000;

    // What a reader counts itself at most, on a file that others write to who do not keep the counts.
    private const int MostUncounted = 20_000;

    private int _recorded;

    /// <summary>Says that attempts were recorded in this transaction, and counts them when it is time.</summary>
    public void RollUp(SqliteSession session, int recorded)
    {
        _recorded += recorded; // only the one writer comes here
        if (_recorded < Every)
        {
            return;
        }

        _recorded = 0;
        var from = Number(session, sql.Summarised);
        var to = Math.Min(Number(session, sql.Newest), from + AtOnce);
        using (var rollUp = session.Use(sql.RollUp))
        {
            rollUp.Bind(from).Bind(to).Run();
        }

        using var set = session.Use(sql.SetSummarised);
        set.Bind(to).Run();
    }

    public int Purge(SqliteSession session, long before)
    {
        using (var restart = session.Use(sql.Restart))
        {
            restart.Run();
        }

        using var purge = session.Use(sql.Purge);
        return purge.Bind(before / (AttemptSummaryQuery.Resolution.Ticks / TimeSpan.TicksPerMicrosecond)).Run();
    }

    public IReadOnlyList<AttemptSummary> Read(SqliteSession session, AttemptSummaryQuery query)
    {
        var (from, newest) = (Number(session, sql.Summarised), Number(session, sql.Newest));
        using var select = session.Use(sql.Read(query));
        select.Bind(query.UnitsPerStep).Bind(query.FirstStep * query.UnitsPerStep);
        if (query.SubscriptionIds is { } ids)
        {
            select.Bind(StoredLists.Write(ids));
        }

        if (query.TenantId is { } tenant)
        {
            select.Bind(tenant);
        }

        select.Bind(from).Bind(newest - MostUncounted);
        var summaries = new List<AttemptSummary>();
        Span<long> places = stackalloc long[DurationHistogram.Bounds.Count + 1];
        while (select.Step())
        {
            for (var i = 0; i < places.Length; i++)
            {
                places[i] = select.Integer(5 + i);
            }

            summaries.Add(new AttemptSummary
            {
                TenantId = select.Text(0),
                SubscriptionId = select.Text(1),
                Start = query.StartOf(select.Integer(2)),
                Delivered = select.Integer(3),
                Failed = select.Integer(4),
                Durations = new DurationHistogram(places),
            });
        }

        return summaries;
    }

    private static long Number(SqliteSession session, string text)
    {
        using var select = session.Use(text);
        return select.Step() ? select.IntegerOrNull(0) ?? 0 : 0;
    }
}

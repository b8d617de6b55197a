using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Deliveries;

/// <summary>Removes what is too old, some rows in each transaction, so that publishers and workers get their turn in between.</summary>
internal sealed class SqlitePurge(SqliteDeliverySql sql, SqliteDatabase database)
{
    private const int Batch = 1000;

    /// <summary>Attempts and failed deliveries first: an event stays as long as anything speaks of it.</summary>
    public async ValueTask<long> RunAsync(long before, CancellationToken cancellationToken)
    {
        var attempts = await RepeatAsync(session => session.Use(sql.PurgeAttempts).Bind(Batch).Bind(before), cancellationToken);
        var failed = await RepeatAsync(session => session.Use(sql.PurgeFailed).Bind(before).Bind(Batch), cancellationToken);
        return attempts + failed + await PurgeEventsAsync(before, cancellationToken);
    }

    private async ValueTask<long> RepeatAsync(Func<SqliteSession, SqliteStatement> prepare, CancellationToken cancellationToken)
    {
        var all = 0L;
        int some;
        do
        {
            some = await database.WriteAsync(
                session =>
                {
                    using var delete = prepare(session);
                    return delete.Run();
                },
                cancellationToken);
            all += some;
        }
        while (some == Batch);

        return all;
    }

    private async ValueTask<long> PurgeEventsAsync(long before, CancellationToken cancellationToken)
    {
        var all = 0L;
        for (long? after = 0; after is { } from;)
        {
            (after, var some) = await database.WriteAsync(session => PurgeEvents(session, from, before), cancellationToken);
            all += some;
        }

        return all;
    }

    private (long? Last, int Count) PurgeEvents(SqliteSession session, long after, long before)
    {
        long? last;
        using (var old = session.Use(sql.OldEvents).Bind(after).Bind(Batch).Bind(before))
        {
            last = old.Step() ? old.IntegerOrNull(0) : null;
        }

        if (last is not { } to)
        {
            return (null, 0);
        }

        using var delete = session.Use(sql.PurgeEvents);
        return (to, delete.Bind(after).Bind(to).Bind(before).Run());
    }
}

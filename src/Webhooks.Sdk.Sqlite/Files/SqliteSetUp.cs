using Microsoft.Data.Sqlite;

namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>What a connection is told before its first use, and the tables.</summary>
internal static class SqliteSetUp
{
    public static void ForWriting(SqliteSession session, SqliteStoreOptions options)
    {
        UseWriteAheadLog(session);

        // Every page that changes often is copied into the file once in 4,000 pages (16 MB) instead of once in 1,000.
        session.Execute($"""
            PRAGMA synchronous = {(options.Synchronous == SqliteSynchronous.Full ? "FULL" : "NORMAL")};
            PRAGMA wal_autocheckpoint = 4000;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA cache_size = -16000;
            PRAGMA temp_store = MEMORY;
            """);
        Upgrade(session, options);
    }

    // With it readers and the writer do not wait for one another. The file remembers it.
    private static void UseWriteAheadLog(SqliteSession session)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var change = session.Use("PRAGMA journal_mode = WAL");
                if (!change.Step() || change.Text(0) != "wal")
                {
                    throw new WebhookException($"'{session.FileName}' cannot have a write-ahead log. It must be on a local disk.");
                }

                return;
            }
            catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY && tries < 20)
            {
                // Another process opens the file anew at this moment. The change of mode does not wait for it, but a transaction does.
                session.Execute("BEGIN IMMEDIATE; COMMIT");
            }
        }
    }

    public static void ForReading(SqliteSession session) => session.Execute("PRAGMA query_only = 1");

    // The write lock is only taken when something is to be done: a host may hold it at this moment.
    private static void Upgrade(SqliteSession session, SqliteStoreOptions options)
    {
        var version = VersionOf(session, options.TablePrefix);
        if (version > SqliteSchema.Version)
        {
            throw new WebhookException(
                $"The webhook tables in '{session.FileName}' have version {version}; this package knows {SqliteSchema.Version}. A newer one has upgraded them: use that.");
        }

        if (version == SqliteSchema.Version)
        {
            return;
        }

        if (!options.ManageSchema)
        {
            throw new WebhookException(
                $"'{session.FileName}' has no webhook tables of version {SqliteSchema.Version}. Run SqliteSchema.Script(\"{options.TablePrefix}\") on it, or set SqliteStoreOptions.ManageSchema.");
        }

        session.Execute("BEGIN IMMEDIATE");
        try
        {
            session.Execute(SqliteSchema.Script(options.TablePrefix));
            session.Execute("COMMIT");
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private static long VersionOf(SqliteSession session, string prefix)
    {
        using var exists = session.Use("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @name").Bind($"{prefix}meta");
        if (!exists.Step())
        {
            return 0;
        }

        using var version = session.Use($"SELECT value FROM {prefix}meta WHERE name = 'schema'");
        return version.Step() ? version.Integer(0) : 0;
    }
}

using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>A connection and its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly sqlite3 _db;
    private readonly SqliteConnection? _owned;
    private readonly Dictionary<string, SqliteStatement> _statements = new(SqlText.Comparer);

    /// <summary>A connection of ours, closed with the session.</summary>
    public SqliteSession(SqliteConnection owned)
    {
        _owned = owned;
        _db = owned.Handle!;
    }

    /// <summary>A connection of the host; the session leaves it as it is.</summary>
    public SqliteSession(sqlite3 hosts) => _db = hosts;

    /// <summary>The file, as the database itself names it.</summary>
    public string FileName => FileNameOf(_db);

    public long LastInsertedRow => raw.sqlite3_last_insert_rowid(_db);

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    public static string FileNameOf(sqlite3 db) => raw.sqlite3_db_filename(db, "main").utf8_to_string();

    /// <summary>The statement of this SQL, ready to bind. Dispose it before it is used again.</summary>
    public SqliteStatement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new SqliteStatement(_db, sql));
        }

        return statement;
    }

    /// <summary>Runs a script or a statement that takes no values.</summary>
    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_db, sql);
        if (code != raw.SQLITE_OK)
        {
            throw SqliteStatement.Failure(_db, code);
        }
    }

    public void SetBusyTimeout(TimeSpan timeout) => _ = raw.sqlite3_busy_timeout(_db, (int)timeout.TotalMilliseconds);

    /// <summary>Takes back what is not committed. Some errors have done so already.</summary>
    public void Rollback()
    {
        if (IsInTransaction)
        {
            Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        _owned?.Dispose();
    }
}

using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>
/// A prepared statement, used again and again. Values are bound in the order in which their names first stand in the SQL. Works on the native
/// library directly: a payload goes from its memory into the database without a copy, and nothing is boxed.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public SqliteStatement(sqlite3 db, string sql)
    {
        _db = db;
        Check(raw.sqlite3_prepare_v2(db, sql, out _statement));
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(long? value) => value is { } some ? Bind(some) : BindNull();

    public SqliteStatement Bind(double? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        Check(raw.sqlite3_bind_double(_statement, ++_bound, value.Value));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        // An empty span has no address, and the library takes what has no address for null; a string it would read up to its first NUL.
        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(_statement, ++_bound, value));
        }
        else if (value.Length <= 256)
        {
            Span<byte> utf8 = stackalloc byte[3 * 256];
            Check(raw.sqlite3_bind_text(_statement, ++_bound, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        }
        else
        {
            Check(raw.sqlite3_bind_text(_statement, ++_bound, Encoding.UTF8.GetBytes(value)));
        }

        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, ++_bound, 0) : raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step() => raw.sqlite3_step(_statement) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        var code => throw Failure(_db, code),
    };

    /// <summary>Runs it to its end. Returns how many rows it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_db);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public long? IntegerOrNull(int column) => IsNull(column) ? null : Integer(column);

    public double? RealOrNull(int column) => IsNull(column) ? null : raw.sqlite3_column_double(_statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Blob(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    /// <summary>Makes it ready for its next use. Must happen before the transaction ends: a statement in the middle of its rows holds it open.</summary>
    public void Dispose()
    {
        // Both repeat the code of the last step, which was thrown then.
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
        _bound = 0;
    }

    public void Close() => _statement.Dispose();

    public static SqliteException Failure(sqlite3 db, int code) =>
        new(raw.sqlite3_errmsg(db).utf8_to_string(), code, raw.sqlite3_extended_errcode(db));

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failure(_db, code);
        }
    }
}

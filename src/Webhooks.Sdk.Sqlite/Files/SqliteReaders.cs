using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>Connections that only read. They see what is committed and wait for nobody. As many as were ever needed at once, up to a bound, are kept.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open, Func<SqliteException, Exception> explain) : IDisposable
{
    private const int MostKept = 8;

    private readonly ConcurrentBag<SqliteSession> _free = [];
    private volatile bool _isClosed;

    /// <summary>Everything that the work reads is of one moment.</summary>
    public T Read<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        SqliteSession? session = null;
        try
        {
            session = _free.TryTake(out var free) ? free : open();
            session.Execute("BEGIN");
            var result = work(session);
            session.Execute("COMMIT");
            Give(session);
            return result;
        }
        catch (Exception e)
        {
            session?.Dispose();
            if (e is SqliteException sqlite)
            {
                throw explain(sqlite);
            }

            throw;
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        while (_free.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Give(SqliteSession session)
    {
        if (_free.Count < MostKept && !_isClosed)
        {
            _free.Add(session);
        }
        else
        {
            session.Dispose();
        }
    }
}

using Microsoft.Data.Sqlite;

namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>
/// The one connection that writes. What arrives while a transaction is on its way to the disk goes into the next one together, so that the disk is
/// asked once for all of it: the slower it is, the larger the groups. A call returns when its transaction is committed.
/// </summary>
internal sealed class SqliteWriter(SqliteSession session, Func<SqliteException, Exception> explain) : IDisposable
{
    // So that the first of a group does not wait for thousands behind it.
    private const int LargestGroup = 256;

    private readonly Lock _gate = new();
    private readonly Queue<WriteCommand> _waiting = new();
    private readonly List<WriteCommand> _group = [];
    private bool _isWriting;
    private bool _isClosed;

    /// <summary>Runs the work in a transaction. Cancelling it helps only until it begins; then it is waited for, so that nobody wonders what became of it.</summary>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var command = new WriteCommand<T>(work, cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _waiting.Enqueue(command);
            if (_isWriting)
            {
                return command.Done;
            }

            _isWriting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.Drain(), this, preferLocal: false);
        return command.Done;
    }

    /// <summary>Takes nothing more; what waits is still written, and whoever is last closes the connection.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            if (_isWriting)
            {
                return;
            }
        }

        session.Dispose();
    }

    private void Drain()
    {
        while (TakeGroup())
        {
            Write();
        }
    }

    private bool TakeGroup()
    {
        bool isLast;
        lock (_gate)
        {
            _group.Clear();
            while (_group.Count < LargestGroup && _waiting.TryDequeue(out var command))
            {
                _group.Add(command);
            }

            _isWriting = _group.Count > 0;
            isLast = !_isWriting && _isClosed;
        }

        if (isLast)
        {
            session.Dispose();
        }

        return _group.Count > 0;
    }

    private void Write()
    {
        _group.RemoveAll(static command =>
        {
            if (command.IsCancelled)
            {
                command.Cancel();
                return true;
            }

            return false;
        });
        if (TryCommit(_group, out var failure))
        {
            return;
        }

        // One that fails must not take the others with it: each gets a transaction of its own. A lock is everybody's, and was waited for once.
        var isLocked = failure is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY };
        foreach (var command in _group)
        {
            Exception? own = failure;
            if ((_group.Count == 1 || isLocked || !TryCommit([command], out own)) && own is not null)
            {
                command.Fail(own is SqliteException e ? explain(e) : own);
            }
        }
    }

    private bool TryCommit(List<WriteCommand> commands, out Exception? failure)
    {
        failure = null;
        if (commands.Count == 0)
        {
            return true;
        }

        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var command in commands)
            {
                command.Run(session);
            }

            session.Execute("COMMIT");
        }
        catch (Exception e)
        {
            failure = e;
            Rollback();
            return false;
        }

        foreach (var command in commands)
        {
            command.Complete();
        }

        return true;
    }

    private void Rollback()
    {
        try
        {
            session.Rollback();
        }
        catch (SqliteException)
        {
            // A disk that is gone cannot be written to either. What was not committed is ignored at the next opening.
        }
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>The file, opened at its first use: one connection that writes, some that read, or the host's own within its transaction.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly Lock _opening = new();
    private readonly SqliteStoreOptions _options;
    private readonly string _connectionString;
    private readonly string _dataSource;
    private OpenFile? _open;
    private bool _isDisposed;

    private sealed record OpenFile(SqliteWriter Writer, SqliteReaders Readers, string FileName);

    public SqliteDatabase(IOptions<SqliteStoreOptions> options)
    {
        Batteries_V2.Init();
        _options = options.Value;

        // Our connections live as long as we do; a pool would keep the file open beyond that.
        var parts = new SqliteConnectionStringBuilder(_options.ConnectionString) { Pooling = false };
        _connectionString = parts.ToString();
        _dataSource = parts.DataSource;
    }

    public string TablePrefix => _options.TablePrefix;

    /// <summary>The whole name of the file, as the database itself gives it.</summary>
    public string FileName => Get().FileName;

    /// <summary>Runs the work in a transaction, together with others that come at the same time; returns when it is committed.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => Get().Writer.RunAsync(work, cancellationToken);

    /// <summary>Reads what is committed.</summary>
    public T Read<T>(Func<SqliteSession, T> work) => Get().Readers.Read(work);

    /// <summary>Runs the work on the host's own connection, within its transaction.</summary>
    public T WriteIn<T>(DbTransaction transaction, Func<SqliteSession, T> work)
    {
        var fileName = Get().FileName;
        if (transaction is not SqliteTransaction sqlite)
        {
            throw new WebhookException($"Webhooks are kept in '{fileName}', and a {transaction.GetType().Name} is of another database. Publish without it, or keep webhooks there.");
        }

        if (sqlite.Connection?.Handle is not { } handle)
        {
            throw new WebhookException("The transaction has ended already. Publish before it is committed or rolled back.");
        }

        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (SqliteSession.FileNameOf(handle) is var theirs && !string.Equals(theirs, fileName, comparison))
        {
            throw new WebhookException($"Webhooks are kept in '{fileName}', and the transaction is of '{theirs}'. Publish without it, or name that file in UseSqlite(…).");
        }

        try
        {
            using var session = new SqliteSession(handle);
            return work(session);
        }
        catch (SqliteException e)
        {
            throw Explain(e);
        }
    }

    public void Dispose()
    {
        lock (_opening)
        {
            _isDisposed = true;
            _open?.Readers.Dispose();
            _open?.Writer.Dispose();
        }
    }

    // A failure is not kept: a file that was locked a moment ago is tried again by the next one who needs it.
    private OpenFile Get()
    {
        if (Volatile.Read(ref _open) is { } open)
        {
            return open;
        }

        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _open ??= OpenAll();
        }
    }

    private OpenFile OpenAll()
    {
        try
        {
            var session = OpenSession();
            try
            {
                SqliteSetUp.ForWriting(session, _options);
                return new OpenFile(new SqliteWriter(session, Explain), new SqliteReaders(OpenReader, Explain), session.FileName);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw Explain(e);
        }
    }

    private SqliteSession OpenReader()
    {
        var session = OpenSession();
        SqliteSetUp.ForReading(session);
        return session;
    }

    private SqliteSession OpenSession()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.SetBusyTimeout(_options.BusyTimeout);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private WebhookException Explain(SqliteException e) => SqliteErrors.Explain(e, _dataSource, _options);
}

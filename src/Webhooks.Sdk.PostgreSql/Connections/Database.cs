using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Schema;
using Webhooks.Sdk.PostgreSql.Telemetry;

namespace Webhooks.Sdk.PostgreSql.Connections;

/// <summary>The database as both stores of a node see it: the schema is there before the first statement runs.</summary>
internal sealed class Database : IAsyncDisposable, IDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly bool _ownsSource;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private Task? _ready;

    /// <param name="source">Where connections come from.</param>
    /// <param name="ownsSource">It was made for this store and ends with it.</param>
    /// <param name="options">The options.</param>
    /// <param name="time">Real time, whatever the host injects elsewhere: the database's clock cannot be moved by hand, so neither can waiting for it.</param>
    /// <param name="logger">The log.</param>
    public Database(NpgsqlDataSource source, bool ownsSource, PostgreSqlOptions options, TimeProvider time, ILogger<Database> logger)
    {
        (_source, _ownsSource, _logger, Options, Time) = (source, ownsSource, logger, options, time);
        Schema = options.Validate();
        Listener = new Listener(this, logger);
        Notifier = new Notifier(this, logger);
    }

    public PostgreSqlOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>The quoted name.</summary>
    public string Schema { get; }

    /// <summary>Tells this node's own notifications from the others'.</summary>
    public string Node { get; } = Guid.NewGuid().ToString("N");

    public Listener Listener { get; }

    public Notifier Notifier { get; }

    /// <summary>A connection, after the schema was made or checked.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        return await OpenRawAsync(cancellationToken);
    }

    public ValueTask<NpgsqlConnection> OpenRawAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    /// <summary>Makes the schema or checks it, once; after a failure the next call tries again.</summary>
    public ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        if (_ready is { IsCompletedSuccessfully: true })
        {
            return ValueTask.CompletedTask;
        }

        lock (_gate)
        {
            if (_ready is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _ready = PrepareAsync();
            }

            return new(_ready.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Runs a batch. Without a transaction of its own it is one, and it costs one round trip.</summary>
    public async ValueTask<NpgsqlDataReader> ReadAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        if (Options.PrepareStatements)
        {
            await batch.PrepareAsync(cancellationToken); // nothing to do when this connection has prepared them before
        }

        return await batch.ExecuteReaderAsync(cancellationToken);
    }

    public async ValueTask ExecuteAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        await using var reader = await ReadAsync(batch, cancellationToken);
        while (await reader.NextResultAsync(cancellationToken))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        if (_ownsSource)
        {
            await _source.DisposeAsync();
        }
    }

    public void Dispose()
    {
        Listener.Stop();
        if (_ownsSource)
        {
            _source.Dispose();
        }
    }

    private async Task PrepareAsync()
    {
        await Task.Yield(); // not under the lock
        await using (var connection = await OpenRawAsync(CancellationToken.None))
        {
            await SchemaInstaller.InstallAsync(connection, Schema, Options, CancellationToken.None);
            await new Partitions(Schema, Options.PartitionDaysAhead, _logger).MakeAheadAsync(connection, CancellationToken.None);
        }

        _logger.SchemaReady(Options.Schema, PostgreSqlSchema.Version);
        Listener.Start();
    }
}

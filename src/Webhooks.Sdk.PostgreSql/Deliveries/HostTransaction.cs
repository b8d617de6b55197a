using System.Data.Common;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>Publishing inside the host's own transaction: its connection, its commit, and nobody else's company.</summary>
internal static class HostTransaction
{
    public static async ValueTask<IReadOnlyList<bool>> EnqueueAsync(
        DbTransaction transaction, EnqueueCall call, Database database, DeliverySql sql, CancellationToken cancellationToken)
    {
        if (transaction is not NpgsqlTransaction own)
        {
            throw new WebhookException(
                $"The webhooks are in PostgreSQL and the transaction is a {transaction.GetType().Name}: pass the NpgsqlTransaction of the same database, "
                + "or publish after the commit without one.");
        }

        await using var batch = OpenBatch(own);
        var columns = new EnqueueColumns([call], handOff: null, database.Time, mayRepeat: true);
        columns.AddTo(batch, sql);
        try
        {
            await using var reader = await database.ReadAsync(batch, cancellationToken);
            var newIds = new HashSet<string>(StringComparer.Ordinal);
            while (await reader.ReadAsync(cancellationToken))
            {
                newIds.Add(reader.GetString(0));
            }

            return columns.StoredOf(call, newIds);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new WebhookException(
                $"The transaction's database '{own.Connection?.Database}' has no webhooks in schema {database.Schema}: it must be the one of UsePostgreSql(…).", e);
        }
    }

    private static NpgsqlBatch OpenBatch(NpgsqlTransaction transaction)
    {
        try
        {
            return new NpgsqlBatch(transaction.Connection ?? throw new ObjectDisposedException(nameof(NpgsqlTransaction)), transaction);
        }
        catch (InvalidOperationException e)
        {
            throw new WebhookException("The transaction is over: publish before it is committed or rolled back.", e);
        }
    }
}

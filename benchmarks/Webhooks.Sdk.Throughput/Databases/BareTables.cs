using Npgsql;
using NpgsqlTypes;
using Webhooks.Sdk.Throughput.Payloads;

namespace Webhooks.Sdk.Throughput.Databases;

/// <summary>
/// The same rows as a publication writes, as somebody would write them by hand who needs nothing but the rows: an event, its id and its delivery, a
/// primary key each, no other index, nothing checked, nothing handed on.
/// </summary>
internal static class BareTables
{
    public static Task CreateAsync(string connectionString) => Sql.ExecuteAsync(connectionString, """
        CREATE TABLE bare_events (
            id text COLLATE "C" PRIMARY KEY, stored_at timestamptz NOT NULL, type text NOT NULL, tenant_id text NOT NULL, tenant_name text,
            created_at timestamptz NOT NULL, data bytea NOT NULL, target_count integer NOT NULL);
        CREATE TABLE bare_keys (id text COLLATE "C" PRIMARY KEY, stored_at timestamptz NOT NULL, publish_token uuid NOT NULL);
        CREATE TABLE bare_deliveries (
            id uuid PRIMARY KEY, event_id text COLLATE "C" NOT NULL, event_stored_at timestamptz NOT NULL, tenant_id text NOT NULL,
            subscription_id text NOT NULL, due_at timestamptz NOT NULL, lease_token uuid, attempts integer NOT NULL);
        """);

    /// <summary>One transaction by COPY, the fastest way in.</summary>
    public static async Task<Guid[]> CopyAsync(NpgsqlConnection connection, int count, byte[] data)
    {
        var ids = new Guid[count];
        var time = DateTime.UtcNow;
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var keys = await connection.BeginBinaryImportAsync("COPY bare_keys (id, stored_at, publish_token) FROM STDIN (FORMAT BINARY)"))
        {
            for (var i = 0; i < count; i++)
            {
                ids[i] = Guid.CreateVersion7();
                await keys.StartRowAsync();
                await keys.WriteAsync(ids[i].ToString("N"), NpgsqlDbType.Text);
                await keys.WriteAsync(time, NpgsqlDbType.TimestampTz);
                await keys.WriteAsync(ids[i], NpgsqlDbType.Uuid);
            }

            await keys.CompleteAsync();
        }

        await using (var events = await connection.BeginBinaryImportAsync(
            "COPY bare_events (id, stored_at, type, tenant_id, created_at, data, target_count) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var id in ids)
            {
                await events.StartRowAsync();
                await events.WriteAsync(id.ToString("N"), NpgsqlDbType.Text);
                await events.WriteAsync(time, NpgsqlDbType.TimestampTz);
                await events.WriteAsync(Review.Type, NpgsqlDbType.Text);
                await events.WriteAsync("default", NpgsqlDbType.Text);
                await events.WriteAsync(time, NpgsqlDbType.TimestampTz);
                await events.WriteAsync(data, NpgsqlDbType.Bytea);
                await events.WriteAsync(1, NpgsqlDbType.Integer);
            }

            await events.CompleteAsync();
        }

        await using (var deliveries = await connection.BeginBinaryImportAsync(
            "COPY bare_deliveries (id, event_id, event_stored_at, tenant_id, subscription_id, due_at, attempts) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var id in ids)
            {
                await deliveries.StartRowAsync();
                await deliveries.WriteAsync(id, NpgsqlDbType.Uuid);
                await deliveries.WriteAsync(id.ToString("N"), NpgsqlDbType.Text);
                await deliveries.WriteAsync(time, NpgsqlDbType.TimestampTz);
                await deliveries.WriteAsync("default", NpgsqlDbType.Text);
                await deliveries.WriteAsync("7c1a6f2e-0000-0000-0000-000000000000", NpgsqlDbType.Text);
                await deliveries.WriteAsync(time, NpgsqlDbType.TimestampTz);
                await deliveries.WriteAsync(0, NpgsqlDbType.Integer);
            }

            await deliveries.CompleteAsync();
        }

        await transaction.CommitAsync();
        return ids;
    }

    /// <summary>What a delivered batch costs at least.</summary>
    public static async Task DeleteAsync(NpgsqlConnection connection, Guid[] ids)
    {
        await using var command = new NpgsqlCommand("DELETE FROM bare_deliveries WHERE id = ANY ($1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = ids });
        await command.PrepareAsync();
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One row, one commit, again and again until somebody says stop.</summary>
    public static async Task<int> InsertOneByOneAsync(NpgsqlConnection connection, byte[] data, Func<bool> goesOn)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO bare_events (id, stored_at, type, tenant_id, created_at, data, target_count) VALUES ($1, now(), $2, $3, now(), $4, 1)", connection);
        var id = new NpgsqlParameter<string>();
        command.Parameters.Add(id);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Review.Type });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "default" });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = data });
        id.TypedValue = "";
        await command.PrepareAsync();
        var count = 0;
        for (; goesOn(); count++)
        {
            id.TypedValue = Guid.CreateVersion7().ToString("N");
            await command.ExecuteNonQueryAsync();
        }

        return count;
    }
}

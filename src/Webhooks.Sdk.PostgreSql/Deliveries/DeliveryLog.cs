using System.Buffers.Binary;
using System.Globalization;
using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>Answers what the delivery log asks.</summary>
internal sealed class DeliveryLog(Database database, DeliveryLogSql sql, HandOff handOff)
{
    private readonly record struct NumberedDelivery(WebhookDelivery Delivery, long Sequence);

    public async ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var ids = await FindIdsAsync(connection, query, cancellationToken);
        var isGone = query.EventId is not null && ids is null; // its failed deliveries may have outlived it
        var parameters = DeliveryPage.ParametersOf(query);
        await using var batch = connection.CreateBatch();
        if ((query.State is null or DeliveryState.Pending) && !isGone)
        {
            batch.Add(sql.ListPending(query, parameters + 1)).With(query).With(handOff.Tokens()).With(ids);
        }

        if (query.State is null or DeliveryState.Failed)
        {
            batch.Add(sql.ListFailed(query)).With(query);
        }

        if ((query.State is null or DeliveryState.Delivered) && !isGone)
        {
            batch.Add(sql.ListDelivered(query, parameters + 1)).With(query).With(ids);
        }

        if (batch.BatchCommands.Count == 0)
        {
            return new([], null);
        }

        var rows = await ReadAsync(batch, cancellationToken);
        rows.Sort((a, b) => b.Sequence.CompareTo(a.Sequence));
        var size = DeliveryPage.SizeOf(query);
        return new([.. rows.Take(size).Select(r => r.Delivery)], rows.Count > size ? rows[size - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }

    public async ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var ids = await FindIdsAsync(connection, query, cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(sql.ListAttempts(query, DeliveryPage.ParametersOf(query) + 1)).With(query).With(query.EventId is null ? null : ids ?? (Guid.AllBitsSet, Guid.Empty));
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var size = DeliveryPage.SizeOf(query);
        var lines = new List<DeliveryAttemptRecord>();
        var last = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (lines.Count == size)
            {
                return new(lines, last.ToString(CultureInfo.InvariantCulture));
            }

            lines.Add(AttemptRow.Read(reader));
            last = reader.GetInt64(17);
        }

        return new(lines, null);
    }

    public async ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(sql.FindEvent).With(eventId);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? StoredEventRow.Read(reader) : null;
    }

    public async ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(sql.Backlog).With(handOff.Tokens());
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), TimeAt(reader, 3), TimeAt(reader, 4));
    }

    // Between which ids an event's deliveries are; null when the query names no event, or one that is not known.
    private async ValueTask<(Guid First, Guid Last)?> FindIdsAsync(NpgsqlConnection connection, DeliveryQuery query, CancellationToken cancellationToken)
    {
        if (query.EventId is null)
        {
            return null;
        }

        await using var batch = connection.CreateBatch();
        batch.Add(sql.FindEventTime).With(query.EventId);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? IdsAt(reader.GetFieldValue<DateTimeOffset>(0)) : null;
    }

    private async ValueTask<List<NumberedDelivery>> ReadAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var rows = new List<NumberedDelivery>();
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(new(Read(reader), reader.GetInt64(11)));
            }
        }
        while (await reader.NextResultAsync(cancellationToken));

        return rows;
    }

    private static WebhookDelivery Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        EventId = row.GetString(1),
        EventType = row.GetString(2),
        TenantId = row.GetString(3),
        SubscriptionId = row.GetString(4),
        State = (DeliveryState)row.GetInt16(5),
        Attempts = row.GetInt32(6),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(7),
        DueAt = TimeAt(row, 8),
        CompletedAt = TimeAt(row, 9),
        FailureReason = row.IsDBNull(10) ? null : (FailureReason)row.GetInt16(10),
    };

    private static DateTimeOffset? TimeAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    // See DeliveryId: the first 48 bits are the milliseconds of the event's time.
    private static (Guid First, Guid Last) IdsAt(DateTimeOffset time)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id, time.ToUnixTimeMilliseconds() << 16);
        var first = new Guid(id, bigEndian: true);
        id[6..].Fill(0xFF);
        return (first, new Guid(id, bigEndian: true));
    }
}

using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>Sends again what failed, what was delivered, and what was missed.</summary>
internal sealed class SendAgain(Database database, SendAgainSql sql)
{
    private const int PageSize = 1000;

    private readonly record struct EventPosition(DateTimeOffset StoredAt, long Sequence);

    private sealed record EventPage(List<Guid> Ids, List<string> EventIds, List<DateTimeOffset> StoredAt, List<bool> Wanted, EventPosition Last)
    {
        public bool IsLast => Ids.Count < PageSize;
    }

    public async ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(sql.Resend).With(deliveryId);
        batch.Add(sql.IsPending).With(deliveryId);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var isResent = await reader.ReadAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var isPending = reader.GetBoolean(0);
        await reader.NextResultAsync(cancellationToken);
        return isResent ? ResendOutcome.Resent : isPending ? ResendOutcome.AlreadyPending : ResendOutcome.NotFound;
    }

    /// <summary>Page by page, each in its own transaction: repeated after a failure it goes on where it was, because nothing comes twice.</summary>
    public async ValueTask<int> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (count, position) = (0, new EventPosition(request.Since.ToUniversalTime(), -1));
        while (true)
        {
            var page = await ReadPageAsync(connection, request, position, cancellationToken);
            count += page.Ids.Count == 0 ? 0 : await EnqueueAsync(connection, request, page, cancellationToken);
            if (page.IsLast)
            {
                return count;
            }

            position = page.Last;
        }
    }

    private async ValueTask<EventPage> ReadPageAsync(NpgsqlConnection connection, RecoverRequest request, EventPosition after, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Add(sql.ReadEventsSince).With(request.TenantId).With(after.StoredAt).With(after.Sequence).With(PageSize);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var page = new EventPage([], [], [], [], after);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (id, createdAt) = (reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1));
            page.Ids.Add(DeliveryId.Of(createdAt, id, request.Target.SubscriptionId));
            page.EventIds.Add(id);
            page.StoredAt.Add(reader.GetFieldValue<DateTimeOffset>(2));
            page.Wanted.Add(request.Filter.Matches(reader.GetString(4)));
            page = page with { Last = new(page.StoredAt[^1], reader.GetInt64(3)) };
        }

        return page;
    }

    private async ValueTask<int> EnqueueAsync(NpgsqlConnection connection, RecoverRequest request, EventPage page, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Add(sql.Recover).With([.. page.Ids]).With([.. page.EventIds]).With([.. page.StoredAt]).With([.. page.Wanted])
            .With(request.TenantId).With(request.Target.SubscriptionId).With(request.Target.SubscriptionName)
            .With(request.Target.Ordering == DeliveryOrdering.Fifo);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var count = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            count++;
        }

        await reader.NextResultAsync(cancellationToken);
        return count;
    }
}

using Webhooks.Sdk.EntityFrameworkCore.Outbox;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.Relaying;

/// <summary>
/// Publishes rows, all at once; one by one when that fails, to tell a row that cannot be published from a store that does not answer.
/// Publishing is idempotent by the event's id, so a row may come any number of times.
/// </summary>
internal sealed class RowPublisher(IWebhookPublisher publisher)
{
    /// <param name="rows">The rows, in order.</param>
    /// <param name="pastFailures">Whether to go on behind a row that failed for another reason than its content; stopping there keeps the order.</param>
    /// <param name="cancellationToken">Ends it; what was published stays published.</param>
    public async ValueTask<RelayedRows> PublishAsync(IReadOnlyList<WebhookOutboxMessage> rows, bool pastFailures, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishManyAsync([.. rows.DistinctBy(r => r.EventId, StringComparer.Ordinal).Select(EventOf)], null, cancellationToken);
            return new RelayedRows(rows, [], []);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return await PublishOneByOneAsync(rows, pastFailures, cancellationToken);
        }
    }

    private async ValueTask<RelayedRows> PublishOneByOneAsync(IReadOnlyList<WebhookOutboxMessage> rows, bool pastFailures, CancellationToken cancellationToken)
    {
        List<WebhookOutboxMessage> published = [];
        List<RowFailure> refused = [], failed = [];
        foreach (var row in rows)
        {
            try
            {
                await publisher.PublishAsync(EventOf(row), null, cancellationToken);
                published.Add(row);
            }
            catch (WebhookValidationException e)
            {
                refused.Add(new(row, e));
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                failed.Add(new(row, e));
                if (!pastFailures)
                {
                    break;
                }
            }
        }

        return new RelayedRows(published, refused, failed);
    }

    private static NewWebhookEvent EventOf(WebhookOutboxMessage row) => new()
    {
        Id = row.EventId,
        Type = row.Type,
        TenantId = row.TenantId,
        TenantName = row.TenantName,
        CreatedAt = row.CreatedAt,
        Data = EventData.FromJson(row.Data),
        TraceParent = row.TraceParent,
    };
}

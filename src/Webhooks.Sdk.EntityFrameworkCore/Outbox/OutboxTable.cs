using Microsoft.EntityFrameworkCore;

namespace Webhooks.Sdk.EntityFrameworkCore.Outbox;

/// <summary>Every statement on the outbox, in what all providers can do. Reads see committed rows only, as the database isolates them.</summary>
internal sealed class OutboxTable(DbContext db)
{
    // A host's filters (a tenant, say) are about its own requests.
    private IQueryable<WebhookOutboxMessage> Rows => db.Set<WebhookOutboxMessage>().IgnoreQueryFilters();

    /// <summary>Throws when the context's model has no outbox.</summary>
    public static void Require(DbContext db)
    {
        if (db.Model.FindEntityType(typeof(WebhookOutboxMessage)) is null)
        {
            throw new WebhookException($"The model of {db.GetType().Name} has no outbox: call modelBuilder.AddWebhooks() in its OnModelCreating and add a migration.");
        }
    }

    /// <summary>The oldest rows that were never refused. Index (Attempts, Position).</summary>
    public Task<List<WebhookOutboxMessage>> ReadAsync(int most, CancellationToken cancellationToken) =>
        Rows.AsNoTracking()
            .Where(m => m.Attempts == 0)
            .OrderBy(m => m.Position).ThenBy(m => m.Id)
            .Take(most)
            .ToListAsync(cancellationToken);

    /// <summary>Rows that were set aside and are due again. Index (Attempts, Position).</summary>
    public Task<List<WebhookOutboxMessage>> ReadSetAsideAsync(DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        Rows.AsNoTracking()
            .Where(m => m.Attempts > 0 && m.RetryAt <= now)
            .OrderBy(m => m.Position).ThenBy(m => m.Id)
            .Take(most)
            .ToListAsync(cancellationToken);

    /// <summary>Deletes what was published. By key. Fewer than asked for: another relay was there first.</summary>
    public Task<int> DeleteAsync(IReadOnlyCollection<WebhookOutboxMessage> published, CancellationToken cancellationToken)
    {
        var ids = published.Select(m => m.Id).ToList();
        return Rows.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Leaves a row where it is, out of the way of those behind it. By key.</summary>
    public Task SetAsideAsync(WebhookOutboxMessage refused, string error, DateTimeOffset retryAt, CancellationToken cancellationToken)
    {
        var text = error.Length <= WebhookOutboxMessage.MaxErrorLength ? error : error[..WebhookOutboxMessage.MaxErrorLength];
        return Rows.Where(m => m.Id == refused.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(m => m.Attempts, refused.Attempts + 1)
                .SetProperty(m => m.RetryAt, retryAt)
                .SetProperty(m => m.Error, text),
            cancellationToken);
    }
}

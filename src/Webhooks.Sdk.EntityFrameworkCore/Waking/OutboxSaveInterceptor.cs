using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Sdk.EntityFrameworkCore.Outbox;

namespace Webhooks.Sdk.EntityFrameworkCore.Waking;

/// <summary>After a save with outbox rows: wakes the relay, or sees to it that the transaction's end does.</summary>
internal sealed class OutboxSaveInterceptor(OutboxSignal signal, OpenTransactions transactions) : SaveChangesInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return new(result);
    }

    private void Saved(DbContext? db)
    {
        if (db is null || RowsOf(db) is not { Count: > 0 } rows)
        {
            return;
        }

        foreach (var row in rows.Where(r => r.State == EntityState.Unchanged))
        {
            row.State = EntityState.Detached; // The relay deletes it behind this context's back; a context that lives long must not keep it either.
        }

        if (db.Database.CurrentTransaction is { } own)
        {
            transactions.Add(own.GetDbTransaction(), signal);
        }
        else if ((db.Database.GetEnlistedTransaction() ?? Transaction.Current) is { } ambient)
        {
            ambient.TransactionCompleted += (_, _) => signal.Set();
        }
        else
        {
            signal.Set();
        }
    }

    // Looking must not make the context look for changes once more: that is what a save spends its time on.
    private static List<EntityEntry<WebhookOutboxMessage>> RowsOf(DbContext db)
    {
        var tracker = db.ChangeTracker;
        var automatic = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. tracker.Entries<WebhookOutboxMessage>()];
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = automatic;
        }
    }
}

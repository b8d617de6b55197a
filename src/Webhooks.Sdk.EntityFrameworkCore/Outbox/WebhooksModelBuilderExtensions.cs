using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Webhooks.Sdk.EntityFrameworkCore.Outbox;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Maps the outbox into the host's model.</summary>
public static class WebhooksModelBuilderExtensions
{
    // Not every provider can compare a DateTimeOffset, and not every one gives a DateTime's kind back.
    private static readonly ValueConverter<DateTimeOffset, DateTime> Utc =
        new(at => at.UtcDateTime, at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));

    /// <summary>Adds the table that <c>db.PublishWebhook(…)</c> writes to. Call it in <c>OnModelCreating</c>, then add a migration.</summary>
    /// <param name="modelBuilder">The host's model.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="schema">The table's schema; the model's own by default.</param>
    public static ModelBuilder AddWebhooks(this ModelBuilder modelBuilder, string table = "WebhookOutbox", string? schema = null) =>
        modelBuilder.Entity<WebhookOutboxMessage>(message =>
        {
            message.ToTable(table, schema);
            message.HasKey(m => m.Id);
            message.Property(m => m.Id).ValueGeneratedNever();
            message.Property(m => m.Position);
            message.Property(m => m.EventId).HasMaxLength(WebhookOutboxMessage.MaxIdLength).IsRequired();
            message.Property(m => m.Type).HasMaxLength(WebhookOutboxMessage.MaxIdLength).IsRequired();
            message.Property(m => m.TenantId).HasMaxLength(WebhookOutboxMessage.MaxIdLength).IsRequired();
            message.Property(m => m.TenantName).HasMaxLength(WebhookOutboxMessage.MaxIdLength);
            message.Property(m => m.CreatedAt).HasConversion(Utc);
            message.Property(m => m.Data).IsRequired();
            message.Property(m => m.TraceParent).HasMaxLength(WebhookOutboxMessage.MaxTraceParentLength);
            message.Property(m => m.Attempts);
            message.Property(m => m.RetryAt).HasConversion(Utc);
            message.Property(m => m.Error).HasMaxLength(WebhookOutboxMessage.MaxErrorLength);

            // Both of the relay's questions: what was never tried, in order; and what was set aside.
            message.HasIndex(m => new { m.Attempts, m.Position });
        });
}

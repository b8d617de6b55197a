using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.Outbox;

/// <summary>Checks and freezes an event at the call, and adds its row to the context: what is saved can be published.</summary>
internal sealed class OutboxWriter(EventFactory events, PublicationOrder order, TimeProvider time)
{
    /// <summary>The writer of the host that made this context.</summary>
    public static OutboxWriter Of(DbContext db)
    {
        var name = db.GetType().Name;
        var host = db.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider
            ?? throw new WebhookException(
                $"{name} was made without the host's services, so PublishWebhook cannot find the event catalogue: register it with services.AddDbContext<{name}>(…), or call options.UseApplicationServiceProvider(services).");
        return host.GetService<OutboxWriter>()
            ?? throw new WebhookException($"Nothing would move what {name} publishes: call webhooks.UseEntityFrameworkCore<{name}>() in services.AddWebhooks(webhooks => …).");
    }

    public string Write(DbContext db, NewWebhookEvent newEvent)
    {
        OutboxTable.Require(db);
        var (type, data) = events.Check(newEvent);
        var frozen = events.Make(newEvent, type, data, targetCount: 0);
        db.Add(new WebhookOutboxMessage
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Position = order.Next(),
            EventId = frozen.Id,
            Type = frozen.Type,
            TenantId = frozen.TenantId,
            TenantName = frozen.TenantName,
            CreatedAt = frozen.CreatedAt,
            Data = frozen.Data.ToArray(),
            TraceParent = frozen.TraceParent is { Length: <= WebhookOutboxMessage.MaxTraceParentLength } ? frozen.TraceParent : null,
        });
        return frozen.Id;
    }
}

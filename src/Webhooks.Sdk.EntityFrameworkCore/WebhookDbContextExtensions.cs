using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Webhooks.Sdk.EntityFrameworkCore.Outbox;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.EntityFrameworkCore;

/// <summary>
/// Publishes with the next <c>SaveChanges</c>: the event is checked and frozen now, exists if and only if that transaction commits, and is
/// matched with its subscribers after that. Each call returns the event's id.
/// </summary>
public static class WebhookDbContextExtensions
{
    /// <summary>Publishes an object whose type <c>AddEvent</c> declared.</summary>
    /// <exception cref="WebhookValidationException">The event is refused; nothing was added to the context.</exception>
    public static string PublishWebhook<T>(this DbContext db, T data, string tenantId = WebhookSubscription.DefaultTenant)
        where T : notnull =>
        db.PublishWebhook(new NewWebhookEvent { Data = EventData.Declared(data), TenantId = tenantId });

    /// <summary>Publishes JSON under a name.</summary>
    /// <exception cref="WebhookValidationException">The event is refused; nothing was added to the context.</exception>
    // Without the priority, ("type", "json") would rather be data "type" for the tenant "json".
    [OverloadResolutionPriority(1)]
    public static string PublishWebhook(this DbContext db, string type, EventData data, string tenantId = WebhookSubscription.DefaultTenant) =>
        db.PublishWebhook(new NewWebhookEvent { Type = type, Data = data, TenantId = tenantId });

    /// <summary>Publishes an event with everything that can be said about it: its own id, when it happened, the tenant's name.</summary>
    /// <exception cref="WebhookValidationException">The event is refused; nothing was added to the context.</exception>
    [OverloadResolutionPriority(1)]
    public static string PublishWebhook(this DbContext db, NewWebhookEvent newEvent) => OutboxWriter.Of(db).Write(db, newEvent);
}

using System.Data.Common;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Publishing;

/// <summary>Publishes events. When a call returns, the event is as durable as the store is; delivering goes on in the background.</summary>
public interface IWebhookPublisher
{
    /// <summary>Publishes one event.</summary>
    /// <param name="newEvent">The event.</param>
    /// <param name="transaction">The host's own transaction, on the store's database: the event exists if and only if it commits.</param>
    /// <param name="cancellationToken">Cancels the wait; what was stored stays.</param>
    /// <exception cref="WebhookValidationException">The event is refused; nothing was stored.</exception>
    /// <exception cref="WebhookQueueFullException">The store is bounded, full, and stayed full.</exception>
    ValueTask<PublishResult> PublishAsync(NewWebhookEvent newEvent, DbTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes many events at once: all are stored or none. One bad event refuses them all.</summary>
    /// <param name="newEvents">The events.</param>
    /// <param name="transaction">The host's own transaction, on the store's database.</param>
    /// <param name="cancellationToken">Cancels the wait; what was stored stays.</param>
    ValueTask<IReadOnlyList<PublishResult>> PublishManyAsync(
        IReadOnlyList<NewWebhookEvent> newEvents, DbTransaction? transaction = null, CancellationToken cancellationToken = default);
}

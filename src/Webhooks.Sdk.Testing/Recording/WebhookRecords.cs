using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Testing.Recording;

/// <summary>What has happened so far, each list in order. Reading gives a copy.</summary>
internal sealed class WebhookRecords
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WebhookEvent> _events = new(StringComparer.Ordinal);
    private readonly List<PublishedWebhook> _published = [];
    private readonly List<DeliveryAttemptRecord> _attempts = [];
    private readonly List<WebhookDelivery> _delivered = [];
    private readonly List<WebhookDelivery> _failed = [];
    private readonly List<WebhookSubscription> _suspended = [];

    public IReadOnlyList<PublishedWebhook> Published => Copy(_published);

    public IReadOnlyList<DeliveryAttemptRecord> Attempts => Copy(_attempts);

    public IReadOnlyList<WebhookDelivery> Delivered => Copy(_delivered);

    public IReadOnlyList<WebhookDelivery> Failed => Copy(_failed);

    public IReadOnlyList<WebhookSubscription> Suspended => Copy(_suspended);

    /// <summary>Kept so that a publication can be shown with its event. The first one under an id is the one that was stored.</summary>
    public void AddStored(IEnumerable<WebhookEvent> events)
    {
        lock (_gate)
        {
            foreach (var @event in events)
            {
                _events.TryAdd(@event.Id, @event);
            }
        }
    }

    public void AddPublished(NewWebhookEvent newEvent, string type, PublishResult result)
    {
        lock (_gate)
        {
            _published.Add(new(result.EventId, type, newEvent.TenantId, result.Outcome, result.Deliveries, _events.GetValueOrDefault(result.EventId)));
        }
    }

    public void AddAttempt(DeliveryAttemptRecord attempt) => Add(_attempts, [attempt]);

    public void AddDelivered(WebhookDelivery delivery) => Add(_delivered, [delivery]);

    public void AddFailed(IEnumerable<WebhookDelivery> deliveries) => Add(_failed, deliveries);

    public void AddSuspended(WebhookSubscription subscription) => Add(_suspended, [subscription]);

    private void Add<T>(List<T> list, IEnumerable<T> items)
    {
        lock (_gate)
        {
            list.AddRange(items);
        }
    }

    private IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }
}

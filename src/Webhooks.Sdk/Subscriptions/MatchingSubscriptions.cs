using System.Collections;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>The subscriptions that want one event type. They never change, so what each event is enqueued for is worked out once for all events.</summary>
internal sealed class MatchingSubscriptions(WebhookSubscription[] matches) : IReadOnlyList<WebhookSubscription>
{
    private DeliveryTarget[]? _targets;

    public int Count => matches.Length;

    public WebhookSubscription this[int index] => matches[index];

    public DeliveryTarget[] TargetsFor(WebhookProfileCatalogue profiles) => _targets ??= [.. matches.Select(profiles.TargetOf)];

    public IEnumerator<WebhookSubscription> GetEnumerator() => matches.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

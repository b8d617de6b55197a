using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.Testing.Recording;

/// <summary>One publication, whoever made it.</summary>
/// <param name="EventId">The event's id.</param>
/// <param name="Type">Its type.</param>
/// <param name="TenantId">Whose event it is.</param>
/// <param name="Outcome">What the publication did.</param>
/// <param name="Deliveries">To how many subscriptions it goes.</param>
/// <param name="Event">The frozen event; null when it was not stored, because nobody subscribes to it.</param>
public sealed record PublishedWebhook(string EventId, string Type, string TenantId, PublishOutcome Outcome, int Deliveries, WebhookEvent? Event)
{
    /// <summary>For people.</summary>
    public override string ToString() => $"{Type} {EventId} for {TenantId} ({Outcome}, {Deliveries} deliveries)";
}

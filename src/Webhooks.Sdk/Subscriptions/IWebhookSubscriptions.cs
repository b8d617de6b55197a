using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>
/// The whole life of subscriptions. It knows no users: check the tenant of what it returns before you show it to somebody.
/// Every method throws <see cref="WebhookNotFoundException"/> for an id that does not exist and <see cref="WebhookValidationException"/> for bad input.
/// </summary>
public interface IWebhookSubscriptions
{
    /// <summary>Creates one. The secret is in this answer only, unless the profile keeps it readable.</summary>
    ValueTask<SubscriptionWithSecret> CreateAsync(NewSubscription subscription, CancellationToken cancellationToken = default);

    /// <summary>One subscription.</summary>
    ValueTask<WebhookSubscription> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists subscriptions, oldest first.</summary>
    ValueTask<Page<WebhookSubscription>> ListAsync(SubscriptionQuery query, CancellationToken cancellationToken = default);

    /// <summary>Changes one.</summary>
    /// <exception cref="WebhookConcurrencyException">It is no longer at the expected version.</exception>
    ValueTask<WebhookSubscription> UpdateAsync(string id, SubscriptionUpdate update, CancellationToken cancellationToken = default);

    /// <summary>Switches one on, also after the disable rule suspended it. What it missed comes with <c>IWebhookDeliveries.RecoverAsync</c>.</summary>
    ValueTask<WebhookSubscription> EnableAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Switches one off: nothing more is queued, and what is pending moves to the failed deliveries.</summary>
    ValueTask<WebhookSubscription> DisableAsync(string id, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes one; what is pending moves to the failed deliveries.</summary>
    ValueTask DeleteAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Makes a new secret. The old one signs beside it for the overlap, where the format has room for two signatures.</summary>
    /// <param name="id">The subscription.</param>
    /// <param name="overlap">Null for <see cref="SubscriptionOptions.SecretOverlap"/>; zero to end the old one at once.</param>
    /// <param name="secret">The new secret; null for a random one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<SubscriptionWithSecret> RotateSecretAsync(string id, TimeSpan? overlap = null, string? secret = null, CancellationToken cancellationToken = default);

    /// <summary>The newest secret again, for profiles that keep it readable.</summary>
    /// <exception cref="WebhookException">The profile shows a secret once only.</exception>
    ValueTask<string?> ReadSecretAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends one test event now, whatever the filter and the state, once, without counting towards suspension. The attempt is in the log too.
    /// </summary>
    /// <param name="id">The subscription.</param>
    /// <param name="eventType">Null for the profile's test type; a catalogue type sends its example.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    ValueTask<AttemptResult> SendTestAsync(string id, string? eventType = null, CancellationToken cancellationToken = default);
}

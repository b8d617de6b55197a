namespace Webhooks.Sdk.Signing;

/// <summary>
/// Proves to the receiver who sent a request, and checks such a proof. Both directions stand in one type so that they cannot drift apart.
/// Implementations are stateless and used by many threads at once.
/// </summary>
public interface IWebhookSigner
{
    /// <summary>What its secrets look like.</summary>
    SecretFormat SecretFormat { get; }

    /// <summary>The headers that it sends; subscribers may not set them.</summary>
    IReadOnlyList<string> HeaderNames { get; }

    /// <summary>Adds the headers that prove the message.</summary>
    /// <param name="message">Exactly what is sent.</param>
    /// <param name="keys">The active keys, newest first; at least one unless <see cref="SecretFormat"/> is <see cref="SecretFormat.None"/>.</param>
    /// <param name="headers">The request's headers.</param>
    void Sign(in WebhookMessage message, ReadOnlySpan<SigningKey> keys, WebhookHeaders headers);

    /// <summary>Checks a received message, in constant time and without exceptions.</summary>
    /// <param name="request">What arrived.</param>
    /// <param name="keys">The keys that may have signed it.</param>
    WebhookVerification Verify(in ReceivedMessage request, ReadOnlySpan<SigningKey> keys);
}

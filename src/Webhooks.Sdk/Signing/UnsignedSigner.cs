namespace Webhooks.Sdk.Signing;

/// <summary>Adds nothing. For formats whose receivers check nothing.</summary>
public sealed class UnsignedSigner : IWebhookSigner
{
    /// <inheritdoc/>
    public SecretFormat SecretFormat => SecretFormat.None;

    /// <inheritdoc/>
    public IReadOnlyList<string> HeaderNames => [];

    /// <inheritdoc/>
    public void Sign(in WebhookMessage message, ReadOnlySpan<SigningKey> keys, WebhookHeaders headers)
    {
    }

    /// <inheritdoc/>
    public WebhookVerification Verify(in ReceivedMessage request, ReadOnlySpan<SigningKey> keys) =>
        WebhookVerification.Refused(VerificationFailure.NotSigned);
}

namespace Webhooks.Sdk.Signing;

/// <summary>Checks that a received request came from whoever holds the secret. Constant time; bad input gets a reason, never an exception.</summary>
public sealed class WebhookVerifier
{
    private readonly IWebhookSigner _signer;
    private readonly SigningKey[] _keys;
    private readonly TimeProvider _time;

    /// <summary>Creates a verifier for one format; several secrets are accepted at once during a rotation.</summary>
    /// <exception cref="WebhookValidationException">A secret is not in the format's shape.</exception>
    public WebhookVerifier(IWebhookSigner signer, IEnumerable<string> secrets, TimeProvider? time = null)
    {
        _signer = signer;
        _keys = [.. secrets.Select(signer.SecretFormat.Parse)];
        _time = time ?? TimeProvider.System;
    }

    /// <summary>How far a signed timestamp may be from now, either way. Default 5 minutes.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Verifies one request.</summary>
    /// <param name="body">The raw body bytes, before any parsing.</param>
    /// <param name="header">Looks up a request header, case-insensitively; null when it is absent.</param>
    public WebhookVerification Verify(ReadOnlySpan<byte> body, Func<string, string?> header) =>
        _keys.Length == 0 && _signer.SecretFormat.HasSecret
            ? WebhookVerification.Refused(VerificationFailure.NoKey)
            : _signer.Verify(new ReceivedMessage(body, header, _time.GetUtcNow(), Tolerance), _keys);
}

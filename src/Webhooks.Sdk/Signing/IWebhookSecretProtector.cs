namespace Webhooks.Sdk.Signing;

/// <summary>Encrypts secrets before they are stored. The default stores them as they are: encrypt with <see cref="AesGcmSecretProtector"/> or your own.</summary>
public interface IWebhookSecretProtector
{
    /// <summary>The form that is stored.</summary>
    string Protect(string secret);

    /// <summary>The secret of a stored form.</summary>
    /// <exception cref="WebhookException">It was not made by this protector, or was changed.</exception>
    string Unprotect(string stored);
}

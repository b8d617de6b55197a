namespace Webhooks.Sdk.Signing;

/// <summary>Stores secrets as they are. The default: fine in memory, and where the database itself is encrypted.</summary>
internal sealed class PlainSecretProtector : IWebhookSecretProtector
{
    public string Protect(string secret) => secret;

    public string Unprotect(string stored) => stored;
}

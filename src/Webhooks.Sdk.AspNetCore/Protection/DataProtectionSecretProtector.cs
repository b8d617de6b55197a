using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.AspNetCore.Protection;

/// <summary>Encrypts secrets with the host's key ring. Stored as <c>dp1:</c> and what Data Protection made.</summary>
internal sealed class DataProtectionSecretProtector(IDataProtectionProvider provider) : IWebhookSecretProtector
{
    private const string Prefix = "dp1:";

    private readonly IDataProtector _protector = provider.CreateProtector("Webhooks.Sdk.SubscriptionSecret.v1");

    public string Protect(string secret) => Prefix + _protector.Protect(secret);

    public string Unprotect(string stored)
    {
        if (!stored.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new WebhookException(
                "A stored secret was not encrypted with Data Protection, but ProtectSecretsWithDataProtection is configured. Rotate the subscription's secret.");
        }

        try
        {
            return _protector.Unprotect(stored[Prefix.Length..]);
        }
        catch (CryptographicException e)
        {
            throw new WebhookException(
                "A stored secret cannot be decrypted with this host's Data Protection keys: the key ring was lost, the key was revoked, or the ring belongs to another "
                + "application. Keep the ring where it survives (services.AddDataProtection().PersistKeysTo…) and give every node the same SetApplicationName; "
                + "if the ring is gone, rotate the subscription's secret.", e);
        }
    }
}

using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Makes a <see cref="PreparedEndpoint"/>: the URL is judged by today's rules, the secrets are decrypted and parsed.</summary>
internal sealed class EndpointPreparer(WebhookProfileCatalogue profiles, AddressRules addresses, IWebhookSecretProtector protector, TimeProvider time)
{
    /// <exception cref="WebhookException">The profile is not known here, the URL is refused, or a secret cannot be decrypted.</exception>
    public PreparedEndpoint Prepare(WebhookSubscription subscription)
    {
        var profile = profiles.Get(subscription.Profile);
        var (url, error) = EndpointUrl.Parse(subscription.Url, profile.UrlRule, addresses);
        if (url is null)
        {
            throw new WebhookValidationException(error!);
        }

        var now = time.GetUtcNow();
        var secrets = subscription.Secrets.Where(s => s.IsActive(now)).ToList();
        var keys = secrets.Select(s => profile.Signer.SecretFormat.Parse(protector.Unprotect(s.Stored))).ToArray();
        return keys.Length > 0 || !profile.Signer.SecretFormat.HasSecret
            ? new(subscription, profile, url, [.. subscription.Headers], keys, secrets.Min(s => s.ExpiresAt) ?? DateTimeOffset.MaxValue)
            : throw new WebhookException($"The subscription '{subscription.Id}' has no active secret. Make one with RotateSecretAsync.");
    }
}

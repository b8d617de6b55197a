using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>Creates the configured subscriptions at start, and brings those of an earlier start up to date. What is switched off stays off.</summary>
internal sealed class StaticSubscriptionSeeder(
    IEnumerable<StaticSubscription> configured,
    IWebhookSubscriptions subscriptions,
    IWebhookSubscriptionStore store,
    WebhookProfileCatalogue profiles,
    IWebhookSecretProtector protector) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var subscription in configured)
        {
            await SeedAsync(subscription, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async ValueTask SeedAsync(StaticSubscription wanted, CancellationToken cancellationToken)
    {
        if (wanted.Id.Length == 0)
        {
            throw Refused("id", "id.empty", $"the configured subscription to '{wanted.Url}' needs an Id: it is found by it at the next start.");
        }

        var profile = wanted.Profile is null ? profiles.Default : profiles.Get(wanted.Profile);
        if (profile.Signer.SecretFormat.HasSecret && string.IsNullOrEmpty(wanted.Secret))
        {
            throw Refused("secret", "secret.empty", $"the configured subscription '{wanted.Id}' needs a Secret: nobody would see a random one.");
        }

        var existing = await store.FindAsync(wanted.Id, cancellationToken);
        if (existing is not null && (existing.Profile != profile.Name || existing.TenantId != wanted.TenantId))
        {
            throw Refused("id", "id.taken", $"'{wanted.Id}' exists with another profile or tenant, which cannot be changed. Give it a new Id.");
        }

        if (existing is null)
        {
            await CreateAsync(wanted, cancellationToken);
        }
        else
        {
            await UpdateAsync(wanted, existing, cancellationToken);
        }
    }

    private async ValueTask CreateAsync(StaticSubscription wanted, CancellationToken cancellationToken)
    {
        try
        {
            await subscriptions.CreateAsync(new NewSubscription
            {
                Id = wanted.Id,
                TenantId = wanted.TenantId,
                Url = wanted.Url,
                Name = wanted.Name,
                Description = wanted.Description,
                EventTypes = [.. wanted.EventTypes],
                Profile = wanted.Profile,
                Secret = wanted.Secret,
                Headers = wanted.Headers.AsReadOnly(),
                MaxPerSecond = wanted.MaxPerSecond,
                Ordering = wanted.Ordering,
            }, cancellationToken);
        }
        catch (WebhookValidationException e) when (e.Errors is [{ Rule: "id.taken" }])
        {
            // Another node that starts at the same time was first, from the same configuration.
        }
    }

    private async ValueTask UpdateAsync(StaticSubscription wanted, WebhookSubscription existing, CancellationToken cancellationToken)
    {
        await subscriptions.UpdateAsync(wanted.Id, new SubscriptionUpdate
        {
            Url = wanted.Url,
            Name = wanted.Name ?? "",
            Description = wanted.Description ?? "",
            EventTypes = [.. wanted.EventTypes],
            Headers = wanted.Headers.AsReadOnly(),
            MaxPerSecond = wanted.MaxPerSecond ?? 0,
            Ordering = wanted.Ordering,
        }, cancellationToken);
        if (wanted.Secret is { } secret && (existing.Secrets is not [var newest, ..] || protector.Unprotect(newest.Stored) != secret))
        {
            await subscriptions.RotateSecretAsync(wanted.Id, overlap: null, secret, cancellationToken);
        }
    }

    private static WebhookValidationException Refused(string member, string rule, string message) => new(new WebhookError(member, rule, message));
}

using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Subscriptions;

internal sealed class WebhookSubscriptions(
    IWebhookSubscriptionStore store,
    IWebhookDeliveryStore deliveries,
    WebhookProfileCatalogue profiles,
    SubscriptionValidator validator,
    SubscriptionSwitch @switch,
    IWebhookSecretProtector protector,
    ITestDelivery test,
    IOptions<SubscriptionOptions> options,
    TimeProvider time) : IWebhookSubscriptions
{
    // More keys than two rotations within one overlap; each costs the sender a signature on every attempt.
    private const int MaxSecrets = 4;

    public async ValueTask<SubscriptionWithSecret> CreateAsync(NewSubscription subscription, CancellationToken cancellationToken)
    {
        var profile = FindProfile(subscription.Profile);
        var now = time.GetUtcNow();
        var secret = MakeSecret(profile, subscription.Secret);
        var created = new WebhookSubscription
        {
            Id = subscription.Id ?? Guid.CreateVersion7(now).ToString(),
            TenantId = subscription.TenantId,
            Name = EmptyToNull(subscription.Name),
            Description = EmptyToNull(subscription.Description),
            Url = subscription.Url,
            EventTypes = [.. subscription.EventTypes.Distinct()],
            Profile = profile.Name,
            Secrets = secret is null ? [] : [new SubscriptionSecret(protector.Protect(secret), now)],
            Headers = new Dictionary<string, string>(subscription.Headers),
            MaxPerSecond = subscription.MaxPerSecond,
            Ordering = subscription.Ordering,
            State = subscription.Disabled ? SubscriptionState.Disabled : SubscriptionState.Enabled,
            StateChangedAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        };
        validator.Validate(created, profile);

        return await store.AddAsync(created, SmallerOf(profile.MaxSubscriptionsPerTenant, options.Value.MaxPerTenant), cancellationToken) switch
        {
            AddOutcome.Added => new(created, secret),
            AddOutcome.DuplicateId => throw Refused("id", "id.taken", $"the id '{created.Id}' is taken."),
            _ => throw Refused("tenant_id", "subscription.limit", $"the tenant '{created.TenantId}' has as many subscriptions as it may have."),
        };
    }

    public async ValueTask<WebhookSubscription> GetAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) ?? throw NotFound(id);

    public ValueTask<Page<WebhookSubscription>> ListAsync(SubscriptionQuery query, CancellationToken cancellationToken) =>
        store.ListAsync(query, cancellationToken);

    public async ValueTask<WebhookSubscription> UpdateAsync(string id, SubscriptionUpdate update, CancellationToken cancellationToken) =>
        await @switch.ChangeAsync(id, (current, _) =>
        {
            if (update.ExpectedVersion is { } expected && expected != current.Version)
            {
                throw new WebhookConcurrencyException(id, expected);
            }

            var changed = current with
            {
                Url = update.Url ?? current.Url,
                Name = update.Name is null ? current.Name : EmptyToNull(update.Name),
                Description = update.Description is null ? current.Description : EmptyToNull(update.Description),
                EventTypes = update.EventTypes is null ? current.EventTypes : [.. update.EventTypes.Distinct()],
                Headers = update.Headers is null ? current.Headers : new Dictionary<string, string>(update.Headers),
                MaxPerSecond = update.MaxPerSecond is null ? current.MaxPerSecond : update.MaxPerSecond == 0 ? null : update.MaxPerSecond,
                Ordering = update.Ordering ?? current.Ordering,
            };
            validator.Validate(changed, FindProfile(changed.Profile));
            return changed;
        }, cancellationToken) ?? throw NotFound(id);

    public async ValueTask<WebhookSubscription> EnableAsync(string id, CancellationToken cancellationToken)
    {
        // Before it is on: what failed in the past must not suspend it again at the first failure.
        await store.RecordHealthAsync(id, new HealthChange(Succeeded: true, 0, 0), cancellationToken);
        return await @switch.ChangeAsync(id, (s, now) => s.IsEnabled
            ? null
            : s with { State = SubscriptionState.Enabled, StateReason = null, StateChangedAt = now }, cancellationToken)
            ?? await GetAsync(id, cancellationToken);
    }

    public async ValueTask<WebhookSubscription> DisableAsync(string id, string? reason, CancellationToken cancellationToken) =>
        await @switch.TurnOffAsync(id, SubscriptionState.Disabled, reason, cancellationToken) ?? await GetAsync(id, cancellationToken);

    public async ValueTask DeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, cancellationToken))
        {
            throw NotFound(id);
        }

        await deliveries.FailPendingAsync(id, FailureReason.SubscriptionDeleted, cancellationToken);
    }

    public async ValueTask<SubscriptionWithSecret> RotateSecretAsync(string id, TimeSpan? overlap, string? secret, CancellationToken cancellationToken)
    {
        string? made = null;
        var rotated = await @switch.ChangeAsync(id, (current, now) =>
        {
            made = MakeSecret(FindProfile(current.Profile), secret)
                ?? throw Refused("secret", "secret.unused", $"the profile '{current.Profile}' is not signed and has no secret to rotate.");
            var end = now + (overlap ?? options.Value.SecretOverlap);
            var old = current.Secrets
                .Select(s => s.ExpiresAt is { } sooner && sooner < end ? s : s with { ExpiresAt = end })
                .Where(s => s.IsActive(now));
            return current with { Secrets = [new SubscriptionSecret(protector.Protect(made), now), .. old.Take(MaxSecrets - 1)] };
        }, cancellationToken) ?? throw NotFound(id);
        return new(rotated, made);
    }

    public async ValueTask<string?> ReadSecretAsync(string id, CancellationToken cancellationToken)
    {
        var subscription = await GetAsync(id, cancellationToken);
        if (!FindProfile(subscription.Profile).IsSecretReadable)
        {
            throw new WebhookException($"The profile '{subscription.Profile}' shows a secret once, when it is made. Make a new one with RotateSecretAsync.");
        }

        return subscription.Secrets is [var newest, ..] ? protector.Unprotect(newest.Stored) : null;
    }

    public async ValueTask<AttemptResult> SendTestAsync(string id, string? eventType, CancellationToken cancellationToken) =>
        await test.SendAsync(await GetAsync(id, cancellationToken), eventType, cancellationToken);

    private WebhookProfile FindProfile(string? name) =>
        name is null ? profiles.Default : profiles.Find(name) ?? throw Refused("profile", "profile.unknown",
            $"there is no profile '{name}'. Known: {string.Join(", ", profiles.Profiles.Select(p => p.Name))}.");

    private static string? MakeSecret(WebhookProfile profile, string? given)
    {
        var format = profile.Signer.SecretFormat;
        if (given is null)
        {
            return format.HasSecret ? format.Generate() : null;
        }

        return format.Check(given) is { } error ? throw new WebhookValidationException(error) : given;
    }

    private static int? SmallerOf(int? a, int? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);

    private static string? EmptyToNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static WebhookValidationException Refused(string member, string rule, string message) => new(new WebhookError(member, rule, message));

    private static WebhookNotFoundException NotFound(string id) => new("subscription", id);
}

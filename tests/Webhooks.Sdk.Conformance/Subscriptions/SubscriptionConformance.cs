using System.Globalization;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Conformance.Subscriptions;

/// <summary>The words that the tests of subscription stores are written in.</summary>
public abstract class SubscriptionConformance<TFixture> : StoreConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    protected const string Tenant = "project-42";

    protected static readonly DateTimeOffset Time = new(2026, 1, 1, 11, 59, 58, 123, TimeSpan.Zero);

    protected static WebhookSubscription New(string id, string tenant = Tenant, SubscriptionState state = SubscriptionState.Enabled, params string[] eventTypes) => new()
    {
        Id = id,
        TenantId = tenant,
        Url = $"https://example.com/{id}",
        Profile = "standard",
        EventTypes = eventTypes,
        State = state,
        StateChangedAt = Time,
        CreatedAt = Time,
        UpdatedAt = Time,
    };

    protected async ValueTask<WebhookSubscription> AddAsync(string id, string tenant = Tenant, SubscriptionState state = SubscriptionState.Enabled, params string[] eventTypes)
    {
        var subscription = New(id, tenant, state, eventTypes);
        (await Subscriptions.AddAsync(subscription, null, Cancel)).Should().Be(AddOutcome.Added);
        return subscription;
    }

    protected async ValueTask AddManyAsync(int count, string tenant = Tenant)
    {
        for (var i = 0; i < count; i++)
        {
            await AddAsync(Id(i), tenant);
        }
    }

    protected static string Id(int number) => number.ToString("'s'000", CultureInfo.InvariantCulture);

    protected async ValueTask<IEnumerable<string>> MatchAsync(string eventType, string tenant = Tenant) =>
        (await Subscriptions.MatchAsync(tenant, eventType, Cancel)).Select(s => s.Id);

    protected async ValueTask<IEnumerable<string>> ListAsync(SubscriptionQuery query) => (await Subscriptions.ListAsync(query, Cancel)).Items.Select(s => s.Id);
}

using System.Globalization;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Microbenchmarks;

/// <summary>Who wants this event, among 100,000 subscriptions.</summary>
public class MatchBenchmarks
{
    private const int Subscriptions = 100_000;
    private const int Tenants = 1000;

    private readonly InMemorySubscriptionStore _manyTenants = new(TimeProvider.System);
    private readonly InMemorySubscriptionStore _oneTenant = new(TimeProvider.System);

    [GlobalSetup]
    public async Task FillAsync()
    {
        for (var i = 0; i < Subscriptions; i++)
        {
            var id = i.ToString(CultureInfo.InvariantCulture);
            var subscription = new WebhookSubscription { Id = id, Url = "https://example.com/", Profile = "standard" };
            await _manyTenants.AddAsync(subscription with { TenantId = $"tenant-{i % Tenants}", EventTypes = [Samples.EventType] }, null, default);
            await _oneTenant.AddAsync(subscription with { EventTypes = [$"type-{id}"] }, null, default);
        }
    }

    [Benchmark(Description = "1,000 tenants with 100 each")]
    public async ValueTask<int> ManyTenants() => (await _manyTenants.MatchAsync("tenant-500", Samples.EventType, default)).Count;

    [Benchmark(Description = "one tenant, each another type")]
    public async ValueTask<int> OneTenant() => (await _oneTenant.MatchAsync(WebhookSubscription.DefaultTenant, "type-50000", default)).Count;
}

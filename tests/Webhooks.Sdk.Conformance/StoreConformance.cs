using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Conformance;

/// <summary>Gives each test its own fixture.</summary>
public abstract class StoreConformance<TFixture> : IAsyncLifetime
    where TFixture : StoreFixture, new()
{
    /// <summary>For what must happen at once but may take a slow machine a while.</summary>
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    protected TFixture Fixture { get; } = new();

    protected IWebhookDeliveryStore Deliveries => Fixture.Deliveries;

    protected IWebhookSubscriptionStore Subscriptions => Fixture.Subscriptions;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Fixture.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Fixture.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Deliveries.InMemory;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Receiving.InMemory;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.Deliveries;

/// <summary>The default stores, as <c>AddWebhooks()</c> gives them.</summary>
public sealed class InMemoryFixture : StoreFixture
{
    private readonly ManualTime _time = new();
    private ServiceProvider? _services;

    public override IWebhookDeliveryStore Deliveries => _services!.GetRequiredService<IWebhookDeliveryStore>();

    public override IWebhookSubscriptionStore Subscriptions => _services!.GetRequiredService<IWebhookSubscriptionStore>();

    public override IWebhookInbox Inbox => _services!.GetRequiredService<IWebhookInbox>();

    public override DateTimeOffset UtcNow => _time.GetUtcNow();

    /// <summary>Sets the bounds; before the first use.</summary>
    public Action<InMemoryStoreOptions> Configure { get; set; } = _ => { };

    /// <summary>Sets the bounds of the inbox; before the first use.</summary>
    public Action<InMemoryInboxOptions> ConfigureInbox { get; set; } = _ => { };

    public override ValueTask AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        return ValueTask.CompletedTask;
    }

    public override ValueTask InitializeAsync()
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddWebhooks(w => w.Configure<InMemoryStoreOptions>(o => Configure(o)))
            .Services.AddWebhookReceiver(r => r.Configure<InMemoryInboxOptions>(o => ConfigureInbox(o)))
            .Services.BuildServiceProvider();
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync() => _services!.DisposeAsync();
}

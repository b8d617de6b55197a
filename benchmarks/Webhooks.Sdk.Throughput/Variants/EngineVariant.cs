using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Payloads;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>The engine as a host runs it. A variant says which store it uses and how it publishes.</summary>
internal abstract class EngineVariant : IVariant
{
    private IHost? _host;

    public abstract string Name { get; }

    public virtual int Fanout => 1;

    protected IWebhookPublisher Publisher { get; private set; } = null!;

    public async Task StartAsync(ReceiverProcess receiver)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(l => l.SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddWebhooks(webhooks =>
        {
            webhooks.AllowPrivateNetworks().ConfigureDispatch(o => o.MaxConcurrency = o.MaxConcurrencyPerEndpoint = Limits.InFlight);
            UseStore(webhooks);
        });
        _host = builder.Build();
        await _host.StartAsync();
        Publisher = _host.Services.GetRequiredService<IWebhookPublisher>();
        var subscriptions = _host.Services.GetRequiredService<IWebhookSubscriptions>();
        for (var i = 0; i < Fanout; i++)
        {
            await subscriptions.CreateAsync(new NewSubscription { Url = receiver.Url.ToString(), Secret = Limits.Secret });
        }
    }

    public virtual Task PublishAsync(int publications, PublishTimes times) => Callers.PublishAsync(publications, times, PublishAsync);

    public Task PublishOneAsync() => PublishAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }
    }

    /// <summary>For another store than the one in memory.</summary>
    protected virtual void UseStore(WebhooksBuilder webhooks)
    {
    }

    protected static NewWebhookEvent NewEvent() => new() { Type = Review.Type, Data = EventData.From(Review.Sample, ReviewJson.Default.Review) };

    private async ValueTask PublishAsync() => await Publisher.PublishAsync(NewEvent());
}

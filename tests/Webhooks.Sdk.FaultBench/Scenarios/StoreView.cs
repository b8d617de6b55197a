using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.FaultBench.Judging;
using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Stores;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.FaultBench.Scenarios;

/// <summary>The store as the bench itself sees it: a host that delivers nothing.</summary>
internal sealed class StoreView : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly IHost _host;

    private StoreView(IHost host)
    {
        _host = host;
    }

    public IWebhookSubscriptions Subscriptions => _host.Services.GetRequiredService<IWebhookSubscriptions>();

    public IWebhookDeliveries Deliveries => _host.Services.GetRequiredService<IWebhookDeliveries>();

    public static async Task<StoreView> OpenAsync(StoreChoice store, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddNode(new NodeSettings { Name = "bench", Store = store }, delivers: false);
        var host = builder.Build();
        await host.StartAsync(cancel);
        return new StoreView(host);
    }

    /// <summary>Waits until nothing is pending, or the time is over; then what is pending is the oracle's business.</summary>
    public async Task DrainAsync(TimeSpan patience, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval);
        for (var left = patience; left > TimeSpan.Zero && (await Deliveries.GetBacklogAsync(cancel)).Pending > 0; left -= Interval)
        {
            await timer.WaitForNextTickAsync(cancel);
        }
    }

    public Task<StoreStates> StatesAsync(CancellationToken cancel) => StoreStates.ReadAsync(Deliveries, cancel);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
    }
}

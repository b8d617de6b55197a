using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class HungHostTests
{
    [Fact]
    public async Task Twenty_deliveries_to_a_hung_host_do_not_delay_another_host()
    {
        const int AtOnce = 2;
        var cancel = TestContext.Current.CancellationToken;
        var hangs = new SemaphoreSlim(0);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hung = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            hangs.Release();
            await c.HangAsync();
        });
        await using var healthy = new RawServer(async c =>
        {
            await c.ReadRequestAsync();
            await c.WriteAsync(RawConnection.Ok);
            arrived.SetResult();
        });
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddWebhooks(w => w.AllowPrivateNetworks().ConfigureDispatch(o =>
        {
            o.MaxConcurrency = AtOnce * 2;
            o.MaxConcurrencyPerEndpoint = AtOnce;
        }));
        using var host = builder.Build();
        await host.StartAsync(cancel);
        var subscriptions = host.Services.GetRequiredService<IWebhookSubscriptions>();
        await subscriptions.CreateAsync(new NewSubscription { TenantId = "hung", Url = hung.Url.ToString() }, cancel);
        await subscriptions.CreateAsync(new NewSubscription { TenantId = "healthy", Url = healthy.Url.ToString() }, cancel);
        var publisher = host.Services.GetRequiredService<IWebhookPublisher>();

        for (var i = 0; i < 20; i++)
        {
            await publisher.PublishAsync("review-created", "{}", tenantId: "hung", cancellationToken: cancel);
        }

        for (var i = 0; i < AtOnce; i++)
        {
            await hangs.WaitAsync(cancel);
        }

        await publisher.PublishAsync("review-created", "{}", tenantId: "healthy", cancellationToken: cancel);

        // The hung attempts end after 15 s; a delivery that had to wait for one of them would not be here before.
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(10), cancel);
        hung.Connections.Should().Be(AtOnce);

        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await host.StopAsync(now.Token);
    }
}

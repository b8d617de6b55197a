using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Deliveries.InMemory;
using Webhooks.Sdk.EntityFrameworkCore.Outbox;
using Webhooks.Sdk.EntityFrameworkCore.Telemetry;
using Webhooks.Sdk.EntityFrameworkCore.Waking;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.Relaying;

/// <summary>Runs the relay: at once after a commit of this process, from time to time for the commits of others, again after a failure.</summary>
internal sealed class OutboxRelayService<TContext>(
    IServiceScopeFactory scopes,
    IWebhookPublisher publisher,
    IWebhookDeliveryStore store,
    OutboxSignal<TContext> signal,
    IOptionsMonitor<OutboxRelayOptions> options,
    TimeProvider time,
    ILogger<OutboxRelayService<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    // Long enough for the other relay to have moved a batch or two; what is committed meanwhile waits no longer than this.
    private static readonly TimeSpan LongestYield = TimeSpan.FromMilliseconds(250);

    private readonly OutboxRelayOptions _options = options.Get(typeof(TContext).FullName);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            OutboxTable.Require(scope.ServiceProvider.GetService<TContext>() ?? throw new WebhookException(
                $"{typeof(TContext).Name} is not registered: call services.AddDbContext<{typeof(TContext).Name}>(…) beside webhooks.UseEntityFrameworkCore<{typeof(TContext).Name}>()."));
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Enabled)
        {
            return;
        }

        if (store is InMemoryDeliveryStore)
        {
            logger.StoreIsInMemory();
        }

        try
        {
            await RelayAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task RelayAsync(CancellationToken stoppingToken)
    {
        var relay = new OutboxRelay<TContext>(scopes, new RowPublisher(publisher), _options, time, logger);
        var retry = FirstRetry;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var pass = await relay.MoveAsync(stoppingToken);
                retry = FirstRetry;
                await PauseAsync(pass, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.RelayFailed(e, retry);
                await Task.Delay(retry, time, stoppingToken);
                retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
            }
        }
    }

    private Task PauseAsync(RelayPass pass, CancellationToken stoppingToken) => pass switch
    {
        RelayPass.More => Task.CompletedTask,
        RelayPass.Contested => Task.Delay(LongestYield * _options.Random(), time, stoppingToken),

        // Varied, so that the relays of many nodes do not look at the same moment.
        _ => signal.WaitAsync(_options.PollInterval * (0.75 + (_options.Random() / 2)), time, stoppingToken),
    };
}

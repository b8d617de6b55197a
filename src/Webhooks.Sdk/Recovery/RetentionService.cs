using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Recovery;

/// <summary>Purges what is too old, from time to time.</summary>
internal sealed class RetentionService(
    IWebhookDeliveryStore store, IOptions<RetentionOptions> options, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await PurgeAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async ValueTask PurgeAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await store.PurgeAsync(options.Value.Age, stoppingToken) is var rows and > 0)
            {
                logger.Purged(rows, options.Value.Age);
            }
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.PurgeFailed(e);
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Receiving;

/// <summary>Forgets old messages, from time to time.</summary>
internal sealed class InboxRetention(IWebhookInbox inbox, IOptions<InboxOptions> options, TimeProvider time, ILogger<InboxRetention> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PurgeInterval, time);
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
            if (await inbox.PurgeAsync(options.Value.Age, stoppingToken) is var messages and > 0)
            {
                logger.InboxPurged(messages, options.Value.Age);
            }
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.InboxPurgeFailed(e);
        }
    }
}

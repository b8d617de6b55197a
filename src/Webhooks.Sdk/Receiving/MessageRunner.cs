using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Receiving;

/// <summary>Runs a handler, under a lease that is renewed meanwhile. What a handler throws is a value from here on.</summary>
internal sealed class MessageRunner(IWebhookInbox inbox, IOptions<InboxOptions> options, ReceiverMetrics metrics, TimeProvider time, ILogger<MessageRunner> logger)
{
    /// <summary>Null when the handler has done its work.</summary>
    public async ValueTask<Exception?> RunAsync(
        ReceivedWebhook webhook, BoundHandler handler, IServiceProvider services, InboxLease? lease, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var failure = lease is null
            ? await RunAsync(handler, services, cancellationToken)
            : await RunLeasedAsync(handler, services, lease, cancellationToken);
        metrics.Ran(webhook.Receiver, webhook.Type, failure, time.GetElapsedTime(started));
        return failure;
    }

    /// <summary>Writes what became of it. A result that comes too late changes nothing, and is logged.</summary>
    public async ValueTask RecordAsync(InboxLease lease, InboxTransition transition)
    {
        // Not cancelled: what has happened has to be written.
        if (!await inbox.RecordAsync(lease, transition, CancellationToken.None))
        {
            logger.MessageLeaseLost(lease.Key.Receiver, lease.Key.MessageId);
        }
    }

    private async ValueTask<Exception?> RunLeasedAsync(BoundHandler handler, IServiceProvider services, InboxLease lease, CancellationToken cancellationToken)
    {
        await using var hold = new LeaseHold(inbox, lease, options.Value.Lease, time, logger);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
        return await RunAsync(handler, services, either.Token);
    }

    private static async ValueTask<Exception?> RunAsync(BoundHandler handler, IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await handler(services, cancellationToken);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}

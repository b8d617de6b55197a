using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Receiving;

/// <summary>Claims accepted messages and has them handled, so many at once. Idle where no receiver accepts first.</summary>
internal sealed class InboxWorker(
    IWebhookInbox inbox, ReceiverCatalogue receivers, AcceptedMessage message, IOptions<InboxOptions> options, ILogger<InboxWorker> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan AfterAbort = TimeSpan.FromSeconds(5);

    private readonly InboxOptions _options = options.Value;
    private readonly SemaphoreSlim _slots = new(options.Value.Concurrency);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private Task _claiming = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _claiming = Task.Run(ClaimAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Claims no more, lets handlers end within the host's grace period, then cancels them; what they leave is given back.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _claiming;
        if (!await AllSlotsAsync(cancellationToken))
        {
            await _abort.CancelAsync();
            using var patience = new CancellationTokenSource(AfterAbort);
            await AllSlotsAsync(patience.Token);
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task ClaimAsync()
    {
        try
        {
            while (true)
            {
                receivers.Accepted.Reset();
                if (!await ClaimSomeAsync())
                {
                    await receivers.Accepted.WaitAsync(_options.PollInterval, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>True when there may be more.</summary>
    private async Task<bool> ClaimSomeAsync()
    {
        var slots = await FreeSlotsAsync();
        var used = 0;
        try
        {
            var names = receivers.InBackground;
            var claimed = names.Count == 0 ? [] : await inbox.ClaimAsync(names, slots, _options.Lease, CancellationToken.None);
            foreach (var one in claimed)
            {
                used++;
                _ = HandleAsync(one);
            }

            return used > 0;
        }
        catch (Exception e)
        {
            logger.InboxFailed(e, _options.PollInterval);
            return false;
        }
        finally
        {
            _ = used < slots ? _slots.Release(slots - used) : 0;
        }
    }

    private async Task<int> FreeSlotsAsync()
    {
        await _slots.WaitAsync(_stop.Token);
        var slots = 1;
        while (slots < _options.Concurrency && _slots.Wait(0, CancellationToken.None))
        {
            slots++;
        }

        return slots;
    }

    private async Task HandleAsync(ClaimedMessage claimed)
    {
        await Task.Yield(); // a handler may work for long before its first await
        try
        {
            await message.HandleAsync(claimed, _abort.Token);
        }
        catch (Exception e)
        {
            // The lease ends by itself, and the message is claimed again.
            logger.InboxFailed(e, _options.Lease);
        }
        finally
        {
            _slots.Release();
        }
    }

    // Every slot is free when nothing is in hand.
    private async Task<bool> AllSlotsAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < _options.Concurrency; i++)
            {
                await _slots.WaitAsync(cancellationToken);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Receiving;

/// <summary>Renews a lease while its handler runs. Most handlers end long before the first renewal.</summary>
internal sealed class LeaseHold : IAsyncDisposable
{
    private readonly IWebhookInbox _inbox;
    private readonly InboxLease _lease;
    private readonly TimeSpan _duration;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _lost = new();
    private Task _renewing = Task.CompletedTask;
    private bool _isEnded;

    public LeaseHold(IWebhookInbox inbox, InboxLease lease, TimeSpan duration, TimeProvider time, ILogger logger)
    {
        (_inbox, _lease, _duration, _logger) = (inbox, lease, duration, logger);
        _timer = time.CreateTimer(static state => ((LeaseHold)state!).Begin(), this, duration / 3, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when somebody else has taken the message over.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isEnded = true;
        }

        await _timer.DisposeAsync();
        await _renewing;
        _lost.Dispose();
    }

    private void Begin()
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                _renewing = RenewAsync();
            }
        }
    }

    private async Task RenewAsync()
    {
        await Task.Yield(); // not under the lock
        try
        {
            if (!await _inbox.RenewAsync(_lease, _duration, CancellationToken.None))
            {
                await _lost.CancelAsync();
                return;
            }
        }
        catch (Exception e)
        {
            _logger.MessageRenewalFailed(e, _lease.Key.Receiver, _lease.Key.MessageId);
        }

        lock (_gate)
        {
            if (!_isEnded)
            {
                _timer.Change(_duration / 3, Timeout.InfiniteTimeSpan);
            }
        }
    }
}

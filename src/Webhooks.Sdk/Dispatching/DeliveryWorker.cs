using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// The second half of an event's way: claim, lane, attempt, decide, record. This class only claims and stops; each of the others is one file
/// beside it.
/// </summary>
internal sealed class DeliveryWorker : IHostedService, IDisposable
{
    private const int ClaimBatch = 200;

    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleLaneSweep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterAbort = TimeSpan.FromSeconds(5);

    private readonly IWebhookDeliveryStore _store;
    private readonly DispatchOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DeliveryWorker> _logger;
    private readonly LaneTable _lanes;
    private readonly ResultRecorder _recorder;
    private readonly LeaseKeeper _leases;
    private readonly List<Runner> _runners;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly int _maxInHand;
    private readonly int _refillAt;
    private Task _claiming = Task.CompletedTask;
    private Task _keeping = Task.CompletedTask;
    private Task _running = Task.CompletedTask;
    private Task? _storeWait;
    private Task? _roomWait;
    private int _inHand;

    public DeliveryWorker(
        IWebhookDeliveryStore store,
        IWebhookSubscriptionStore subscriptions,
        IWebhookDispatcher dispatcher,
        EndpointPreparer preparer,
        WebhookProfileCatalogue profiles,
        SubscriptionSwitch @switch,
        AddressRules addresses,
        IEnumerable<IWebhookObserver> observers,
        WebhookMetrics metrics,
        IOptions<DispatchOptions> options,
        TimeProvider time,
        ILogger<DeliveryWorker> logger)
    {
        _store = store;
        _options = options.Value;
        _time = time;
        _logger = logger;
        // Claimed again only when there is room for a whole batch: a claim of one row costs as much as one of two hundred.
        _maxInHand = Math.Max(ClaimBatch * 2, _options.MaxConcurrency * 4);
        _refillAt = _maxInHand - ClaimBatch;

        // Twice what can be in flight: a claim is on its way while the other half is sent.
        var perEndpoint = Math.Min(_options.MaxConcurrencyPerEndpoint, _options.MaxConcurrency);
        _lanes = new LaneTable(new LaneLimits(perEndpoint, FullAt: perEndpoint * 2), time);
        IReadOnlyList<IWebhookObserver> all = [.. observers];
        var health = new EndpointHealthMonitor(subscriptions, @switch, profiles, all, metrics, time, logger);
        var recorded = new RecordedResults(health, all, metrics, Done, logger);
        _recorder = new ResultRecorder(store, recorded, _options.Lease, DispatchOptions.UnstoredPerRequest * _options.MaxConcurrency, time, logger);
        _leases = new LeaseKeeper(store, _options.Lease, CollectInHand, time, logger);
        var services = new RunnerServices(_lanes, _recorder, _leases, subscriptions, preparer, profiles, _options, time, logger);
        _runners = [.. Enumerable.Range(0, _options.MaxConcurrency).Select(_ => new Runner(services, new DeliveryAttempt(dispatcher)))];
        if (addresses.AllowsPrivateNetworks)
        {
            logger.PrivateNetworksAllowed();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Enabled)
        {
            _claiming = Task.Run(ClaimAsync, CancellationToken.None);
            _keeping = _leases.RunAsync(_stop.Token);
            _running = Task.WhenAll(_runners.Select(r => r.RunAsync(_abort.Token)));
        }

        return Task.CompletedTask;
    }

    /// <summary>Stop claiming, give back what waits, let what is in flight end within the host's grace period, abort the rest uncharged.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_options.Enabled || _stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _lanes.Room.Set();
        await Task.WhenAny(_claiming, Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken));
        var released = await ReleaseAsync(_lanes.TakeAll());
        foreach (var _ in _runners)
        {
            _lanes.EndRunner();
        }

        await Task.WhenAny(_running, Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken));
        if (!_running.IsCompleted)
        {
            await _abort.CancelAsync();
            await Task.WhenAny(_running, Task.Delay(AfterAbort, TimeProvider.System, CancellationToken.None));
        }

        await _keeping;
        _logger.Stopped(released);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task ClaimAsync()
    {
        var delay = TimeSpan.Zero;
        var nextSweep = _time.GetUtcNow() + IdleLaneSweep;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (!await ClaimOnceAsync())
                {
                    await WaitAsync();
                }

                delay = TimeSpan.Zero;
                if (_time.GetUtcNow() is var now && now >= nextSweep)
                {
                    nextSweep = now + IdleLaneSweep;
                    _lanes.RemoveIdle();
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
            }
            catch (Exception e)
            {
                _storeWait = null;
                delay = delay == TimeSpan.Zero ? TimeSpan.FromMilliseconds(100) : delay * 2 < LongestRetry ? delay * 2 : LongestRetry;
                _logger.StoreFailed(e, delay);
                await Task.WhenAny(Task.Delay(delay, _time, _stop.Token));
            }
        }
    }

    // True when there is reason to claim again at once.
    private async ValueTask<bool> ClaimOnceAsync()
    {
        if (Volatile.Read(ref _inHand) > _refillAt)
        {
            return false;
        }

        var request = new ClaimRequest
        {
            MaxCount = ClaimBatch,
            MaxPerSubscription = Math.Min(_options.MaxConcurrencyPerEndpoint, _options.MaxConcurrency) * 2,
            Lease = _options.Lease,
            ExcludedSubscriptions = _lanes.Full,
        };

        // Not cancelled by a stop: a claim that the store has made and nobody has heard of would be left to its lease.
        var asked = _time.GetTimestamp();
        var claimed = await _store.ClaimAsync(request, CancellationToken.None);
        Interlocked.Add(ref _inHand, claimed.Count);
        for (var i = 0; i < claimed.Count; i++)
        {
            _leases.Hold(claimed[i], asked);
            _lanes.Offer(claimed[i]);
        }

        // One of its own limits may have cut it short. What is still there is no news to the store, so nobody else would say so.
        return claimed.Count >= Math.Min(request.MaxCount, request.MaxPerSubscription);
    }

    // A wait that was not the one to end is kept for the next time: abandoning it would cost an exception.
    private async ValueTask WaitAsync()
    {
        _roomWait ??= _lanes.Room.WaitAsync();
        if (Volatile.Read(ref _inHand) > _refillAt)
        {
            await _roomWait;
            _roomWait = null;
            return;
        }

        _storeWait ??= _store.WaitAsync(_options.PollInterval, _stop.Token).AsTask();
        var ended = await Task.WhenAny(_storeWait, _roomWait);
        if (_roomWait.IsCompleted)
        {
            _roomWait = null;
        }

        if (ended == _storeWait)
        {
            var wait = _storeWait;
            _storeWait = null;
            await wait;
        }
    }

    private void Done(int count)
    {
        var after = Interlocked.Add(ref _inHand, -count);
        if (after <= _refillAt && after + count > _refillAt)
        {
            _lanes.Room.Set();
        }
    }

    private async ValueTask<int> ReleaseAsync(List<ClaimedDelivery> waiting)
    {
        if (waiting.Count > 0)
        {
            try
            {
                await _store.RecordAsync([.. waiting.Select(d => new DeliveryRecord(d, null, new DeliveryTransition.Released(TimeSpan.Zero)))], CancellationToken.None);
            }
            catch (Exception e)
            {
                _logger.ResultsAbandoned(e, waiting.Count);
            }
        }

        return waiting.Count;
    }

    private void CollectInHand(List<ClaimedDelivery> target)
    {
        _lanes.CopyTo(target);
        _recorder.CopyTo(target);
        foreach (var runner in _runners)
        {
            if (runner.Current is { } delivery)
            {
                target.Add(delivery);
            }
        }
    }
}

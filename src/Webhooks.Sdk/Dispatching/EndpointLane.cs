using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// What this node has in hand for one subscription: the claimed deliveries that wait, how many are being attempted, and the gates that they
/// pass. A lane asks to be run once for each delivery that it has room for; whoever runs it takes one.
/// </summary>
internal sealed class EndpointLane(string subscriptionId, LaneLimits limits, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<ClaimedDelivery> _waiting = new();
    private EndpointBreaker? _breaker;
    private RateGate? _rate;
    private ITimer? _timer;
    private int _running;
    private int _asked;
    private bool _isWaitingForTimer;

    public string SubscriptionId { get; } = subscriptionId;

    /// <summary>What was worked out for the subscription's current version.</summary>
    public PreparedEndpoint? Prepared;

    /// <summary>What was last told to the store about this endpoint's health.</summary>
    public readonly HealthReport Health = new();

    /// <summary>It has nothing in hand, and no open circuit to remember.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count == 0 && _running == 0 && _asked == 0 && (_breaker is null || _breaker.OpenFor == TimeSpan.Zero);
            }
        }
    }

    /// <summary>Takes in a claimed delivery. Returns true when the lane wants to be run.</summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="isFull">The lane has as much in hand as it should; do not claim more for it.</param>
    public bool Offer(ClaimedDelivery delivery, out bool isFull)
    {
        lock (_gate)
        {
            _waiting.Enqueue(delivery);
            isFull = HasEnough;
            return AskToRun();
        }
    }

    /// <summary>It has as much in hand as it should.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return HasEnough;
            }
        }
    }

    /// <summary>Takes the next delivery to attempt. With a positive <paramref name="defer"/> it is to be given back uncharged instead.</summary>
    public ClaimedDelivery? Take(WebhookSubscription? subscription, Action<EndpointLane> run, out TimeSpan defer, out bool hasRoom)
    {
        lock (_gate)
        {
            _asked--;
            defer = TimeSpan.Zero;
            hasRoom = false;
            if (_waiting.Count == 0)
            {
                return null;
            }

            if (_breaker is { } breaker)
            {
                defer = breaker.OpenFor;
                if (defer == TimeSpan.Zero && breaker.IsProbing && _running > 0)
                {
                    return null; // the probe is out; its end runs the lane again
                }
            }

            if (defer == TimeSpan.Zero && subscription?.MaxPerSecond is { } perSecond && WaitForRate(perSecond) is { Ticks: > 0 } wait)
            {
                RunAfter(wait, run);
                return null;
            }

            _running++;
            var delivery = _waiting.Dequeue();
            hasRoom = _waiting.Count == limits.RoomAt;
            return delivery;
        }
    }

    /// <summary>An attempt has ended. Returns how often the lane wants to be run now.</summary>
    public ValueTask<int> EndAsync(AttemptResult? result, CircuitBreakerOptions options)
    {
        EndpointBreaker? breaker;
        lock (_gate)
        {
            breaker = result is not null && options.Enabled && result.Error != AttemptError.Aborted ? BreakerFor(result, options) : null;
            if (breaker is null)
            {
                return new(End());
            }
        }

        return ReportAndEndAsync(breaker, EndpointBreaker.IsFailure(result!));
    }

    /// <summary>Everything that waits, for shutdown.</summary>
    public List<ClaimedDelivery> TakeAll()
    {
        lock (_gate)
        {
            List<ClaimedDelivery> all = [.. _waiting];
            _waiting.Clear();
            return all;
        }
    }

    /// <summary>Everything that waits, for lease renewal.</summary>
    public void CopyTo(List<ClaimedDelivery> target)
    {
        lock (_gate)
        {
            target.AddRange(_waiting);
        }
    }

    public void Dispose() => _timer?.Dispose();

    // Under the lock: attempts end at the same time, and a breaker that only one of them knew would not have heard of the others.
    private EndpointBreaker? BreakerFor(AttemptResult result, CircuitBreakerOptions options) =>
        EndpointBreaker.IsFailure(result) ? _breaker ??= new EndpointBreaker(options, time) : _breaker;

    private async ValueTask<int> ReportAndEndAsync(EndpointBreaker breaker, bool failed)
    {
        await breaker.ReportAsync(failed);
        if (!failed && !breaker.IsProbing)
        {
            Forget(breaker);
        }

        lock (_gate)
        {
            return End();
        }
    }

    private int End()
    {
        _running--;
        return AskForAll();
    }

    private void Forget(EndpointBreaker breaker)
    {
        lock (_gate)
        {
            if (_breaker == breaker)
            {
                _breaker = null;
            }
        }
    }

    private bool HasEnough => _waiting.Count >= limits.FullAt;

    private bool AskToRun()
    {
        if (_isWaitingForTimer || _waiting.Count <= _asked || _running + _asked >= limits.Concurrency)
        {
            return false;
        }

        _asked++;
        return true;
    }

    private int AskForAll()
    {
        var asks = 0;
        while (AskToRun())
        {
            asks++;
        }

        return asks;
    }

    private TimeSpan WaitForRate(double perSecond)
    {
        if (_rate?.PerSecond != perSecond)
        {
            _rate = new RateGate(perSecond);
        }

        return _rate.TryTake(time.GetUtcNow());
    }

    private void RunAfter(TimeSpan wait, Action<EndpointLane> run)
    {
        _isWaitingForTimer = true;
        _timer?.Dispose();
        _timer = time.CreateTimer(_ => Resume(run), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void Resume(Action<EndpointLane> run)
    {
        int asks;
        lock (_gate)
        {
            _isWaitingForTimer = false;
            asks = AskForAll();
        }

        for (; asks > 0; asks--)
        {
            run(this);
        }
    }
}

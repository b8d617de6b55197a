using Webhooks.Sdk.Testing.Signals;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>The requests that are held right now.</summary>
internal sealed class HeldRequests(TimeProvider time, Pulse pulse, CancellationToken disposed)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Holds for a time, or until the client goes away or the receiver is disposed: then it returns false.</summary>
    public async Task<bool> HoldAsync(TimeSpan duration, IFlight? flight, CancellationToken clientGone)
    {
        var held = new Held(this, flight);

        // The timer is set before the request is called held: whoever then moves the time to the next timer finds this one.
        await using var timer = time.CreateTimer(static held => ((Held)held!).End(true), held, duration, Timeout.InfiniteTimeSpan);
        held.Begin();
        await using var gone = clientGone.UnsafeRegister(static held => ((Held)held!).End(false), held);
        await using var end = disposed.UnsafeRegister(static held => ((Held)held!).End(false), held);
        return await held.Ended;
    }

    private void Beat() => pulse.Beat();

    private sealed class Held(HeldRequests owner, IFlight? flight)
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _hasBegun;

        public Task<bool> Ended => _ended.Task;

        public void Begin()
        {
            lock (_gate)
            {
                if (!_ended.Task.IsCompleted)
                {
                    _hasBegun = true;
                    Interlocked.Increment(ref owner._count);
                    flight?.Hold();
                    owner.Beat();
                }
            }
        }

        // Counted at once, by whoever ends it, so that nobody sees a request as held whose time has come.
        public void End(bool isDue)
        {
            lock (_gate)
            {
                if (_ended.TrySetResult(isDue) && _hasBegun)
                {
                    Interlocked.Decrement(ref owner._count);
                    flight?.Release();
                    owner.Beat();
                }
            }
        }
    }
}

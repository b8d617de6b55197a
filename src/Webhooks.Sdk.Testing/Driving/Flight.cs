using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Signals;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>One request on its way.</summary>
internal sealed class Flight(string id, Uri url, DateTimeOffset startedAt, TimeSpan timeout, Pulse pulse) : IFlight
{
    private volatile bool _isHeld;
    private long _sent;
    private long _received;

    public string Id { get; } = id;

    /// <summary>It will not move before the time does: the receiver holds it, nothing of the answer is on its way, and its deadline has not come.</summary>
    public bool IsHeldAt(DateTimeOffset now) => _isHeld && Volatile.Read(ref _received) >= Volatile.Read(ref _sent) && now < startedAt + timeout;

    public void Sent(int bytes) => Interlocked.Add(ref _sent, bytes);

    public void Received(int bytes)
    {
        Interlocked.Add(ref _received, bytes);
        pulse.Beat();
    }

    public void Hold()
    {
        _isHeld = true;
        pulse.Beat();
    }

    public void Release()
    {
        _isHeld = false;
        pulse.Beat();
    }

    public override string ToString() => $"a request to {url.GetLeftPart(UriPartial.Path)} since {startedAt:O}{(_isHeld ? " (held by the receiver)" : "")}";
}

using Webhooks.Sdk.Testing.Signals;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>What has arrived, in order.</summary>
internal sealed class ReceivedRequests(Pulse pulse)
{
    private readonly Lock _gate = new();
    private readonly List<ReceivedRequest> _requests = [];

    public IReadOnlyList<ReceivedRequest> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _requests.Count;
            }
        }
    }

    public ReceivedRequest Add(Func<int, ReceivedRequest> make)
    {
        ReceivedRequest request;
        lock (_gate)
        {
            request = make(_requests.Count + 1);
            _requests.Add(request);
        }

        pulse.Beat();
        return request;
    }
}

namespace Webhooks.Sdk.FaultBench.Receiving;

/// <summary>Tells when so many arrivals of a kind have come.</summary>
internal sealed class ArrivalWatch(Func<DeliveryKey, Arrival, bool> isWanted, int count)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;

    public Task Done => _done.Task;

    public void See(DeliveryKey key, Arrival arrival)
    {
        if (isWanted(key, arrival) && Interlocked.Increment(ref _seen) == count)
        {
            _done.TrySetResult();
        }
    }
}

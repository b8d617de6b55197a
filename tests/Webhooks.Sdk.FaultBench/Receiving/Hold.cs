namespace Webhooks.Sdk.FaultBench.Receiving;

/// <summary>Requests of one node that wait for their answer.</summary>
internal sealed class Hold(string node)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public string Node => node;

    /// <summary>The first request is here.</summary>
    public Task First => _first.Task;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Answers them all with this status.</summary>
    public void Release(int status) => _answer.TrySetResult(status);

    public async Task<int> WaitAsync(CancellationToken gone)
    {
        Interlocked.Increment(ref _count);
        _first.TrySetResult();
        return await _answer.Task.WaitAsync(gone);
    }
}

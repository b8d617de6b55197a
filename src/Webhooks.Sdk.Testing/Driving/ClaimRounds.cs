namespace Webhooks.Sdk.Testing.Driving;

/// <summary>
/// The worker claims what is due, waits, and claims again. A round can be asked for; it is over when the worker, having claimed after the
/// question, waits again. Only then is it sure that what the store holds now is not about to be claimed.
/// </summary>
internal sealed class ClaimRounds
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<int>? _round;
    private TaskCompletionSource? _waiting;
    private bool _hasClaimed;
    private int _claimed;

    /// <summary>Asks for a round. The task gives the number of deliveries that were claimed in it.</summary>
    public Task<int> Ask()
    {
        lock (_gate)
        {
            _round ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            _hasClaimed = false;
            _claimed = 0;
            _waiting?.TrySetResult();
            return _round.Task;
        }
    }

    public void BeginClaim()
    {
        lock (_gate)
        {
            _hasClaimed = true;
        }
    }

    public void EndClaim(int count)
    {
        lock (_gate)
        {
            _claimed += count;
        }
    }

    /// <summary>The worker wants to wait: null when it is to claim again first, else a task that ends when it is asked to.</summary>
    public Task? BeginWait()
    {
        lock (_gate)
        {
            if (_round is not null && !_hasClaimed)
            {
                return null;
            }

            _round?.TrySetResult(_claimed);
            _round = null;
            _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task;
        }
    }
}

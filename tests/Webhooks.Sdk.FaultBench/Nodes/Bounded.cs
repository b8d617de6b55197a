namespace Webhooks.Sdk.FaultBench.Nodes;

/// <summary>Waits that end with a sentence when they take too long.</summary>
internal static class Bounded
{
    // Long enough for a machine that has much else to do: a start that takes a second can take twenty.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Task WaitAsync(Task task, string what, CancellationToken cancel) => WaitAsync(task, () => Task.FromResult(what), cancel);

    public static async Task WaitAsync(Task task, Func<Task<string>> what, CancellationToken cancel)
    {
        try
        {
            await task.WaitAsync(Patience, cancel);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s for {await what()}.");
        }
    }
}

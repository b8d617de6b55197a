namespace Webhooks.Sdk.FaultBench.Nodes;

/// <summary>Waits that end with a sentence when they take too long.</summary>
internal static class Bounded
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task WaitAsync(Task task, string what, CancellationToken cancel)
    {
        try
        {
            await task.WaitAsync(Patience, cancel);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s for {what}.");
        }
    }
}

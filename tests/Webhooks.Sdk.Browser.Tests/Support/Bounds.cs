namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>How long anything may take. The machine may be busy with other tests, but nothing hangs the run, and what is late says what it was.</summary>
internal static class Bounds
{
    /// <summary>A whole test, in milliseconds, as the attributes want it: the last net, for what has no bound of its own.</summary>
    public const int Test = 240_000;

    /// <summary>Something that is started: the driver, the browser, the sample.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(60);

    /// <summary>One thing that is done or expected in a page.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    public static float InMilliseconds(this TimeSpan bound) => (float)bound.TotalMilliseconds;

    /// <summary>Waits for what the driver itself waits for without a bound.</summary>
    public static async Task<T> WithinAsync<T>(this Task<T> task, TimeSpan bound, string what)
    {
        await ((Task)task).WithinAsync(bound, what);
        return await task;
    }

    /// <inheritdoc cref="WithinAsync{T}"/>
    public static async Task WithinAsync(this Task task, TimeSpan bound, string what)
    {
        try
        {
            await task.WaitAsync(bound);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"{what} took longer than {bound.TotalSeconds:0} seconds.");
        }
    }
}

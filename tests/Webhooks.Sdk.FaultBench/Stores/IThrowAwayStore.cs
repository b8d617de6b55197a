namespace Webhooks.Sdk.FaultBench.Stores;

/// <summary>A store that is made for one scenario and removed after it.</summary>
internal interface IThrowAwayStore : IAsyncDisposable
{
    StoreChoice Choice { get; }

    /// <summary>What it is doing right now, for a scenario that did not come to its end; null when it cannot say.</summary>
    ValueTask<string?> DescribeAsync() => new((string?)null);
}

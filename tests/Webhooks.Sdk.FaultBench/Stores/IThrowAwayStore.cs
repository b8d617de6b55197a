namespace Webhooks.Sdk.FaultBench.Stores;

/// <summary>A store that is made for one scenario and removed after it.</summary>
internal interface IThrowAwayStore : IAsyncDisposable
{
    StoreChoice Choice { get; }
}

namespace Webhooks.Sdk.FaultBench.Stores;

/// <summary>Nothing outside the nodes.</summary>
internal sealed class NoStore : IThrowAwayStore
{
    public StoreChoice Choice { get; } = new(StoreKind.Memory, "");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

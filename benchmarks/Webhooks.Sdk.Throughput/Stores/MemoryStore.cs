namespace Webhooks.Sdk.Throughput.Stores;

/// <summary>What a host gets that names no store.</summary>
internal sealed class MemoryStore : Store
{
    public override string Name => "memory";

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

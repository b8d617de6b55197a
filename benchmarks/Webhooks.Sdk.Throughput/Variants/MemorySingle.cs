namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>In memory, one subscription, published one by one.</summary>
internal sealed class MemorySingle : EngineVariant
{
    public override string Name => "memory_single";
}

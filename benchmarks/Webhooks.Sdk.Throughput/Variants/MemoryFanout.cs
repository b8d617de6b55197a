namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>In memory, each event goes to a hundred subscriptions.</summary>
internal sealed class MemoryFanout : EngineVariant
{
    public override string Name => "memory_fanout";

    public override int Fanout => 100;
}

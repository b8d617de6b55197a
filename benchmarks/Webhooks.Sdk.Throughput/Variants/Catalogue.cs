namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>Every variant that is measured side by side.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<IVariant> All() => [new RawLoop(), new NaiveLoop(), new MemorySingle(), new MemoryBatch(), new MemoryFanout()];
}

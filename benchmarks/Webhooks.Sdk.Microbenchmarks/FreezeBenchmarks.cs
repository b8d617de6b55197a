using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Microbenchmarks;

/// <summary>Checking and freezing a payload of 500 bytes.</summary>
public class FreezeBenchmarks
{
    private const int MaxBytes = 256 * 1024;

    private readonly byte[] _json = Samples.Json;

    [Benchmark(Description = "JSON text")]
    public byte[] Text() => EventData.FromJson(_json).Freeze(MaxBytes);

    [Benchmark(Description = "source-generated")]
    public byte[] SourceGenerated() => EventData.From(Samples.Review, SampleJson.Default.Review).Freeze(MaxBytes);
}

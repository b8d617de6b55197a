using System.Buffers;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.Microbenchmarks;

/// <summary>The body of each profile.</summary>
public class EnvelopeBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private readonly WebhookEvent _event = Samples.Event();
    private IWebhookEnvelope _envelope = null!;

    public static IEnumerable<string> Profiles => WebhookProfiles.All.Select(p => p.Name);

    [ParamsSource(nameof(Profiles))]
    public string Profile { get; set; } = "";

    [GlobalSetup]
    public void Find() => _envelope = WebhookProfiles.All.Single(p => p.Name == Profile).Envelope;

    [Benchmark]
    public int Render()
    {
        _output.ResetWrittenCount();
        _envelope.Write(_output, new EnvelopeContext(_event, "subscription-1", "A name"));
        return _output.WrittenCount;
    }
}

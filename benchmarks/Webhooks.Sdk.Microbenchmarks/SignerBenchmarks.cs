using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Microbenchmarks;

/// <summary>Signing and verifying 500 bytes with each profile.</summary>
public class SignerBenchmarks
{
    private readonly byte[] _body = Samples.Json;
    private readonly WebhookHeaders _headers = new();
    private IWebhookSigner _signer = null!;
    private SigningKey[] _keys = [];
    private Dictionary<string, string> _received = [];

    public static IEnumerable<string> Profiles => WebhookProfiles.All.Select(p => p.Name);

    [ParamsSource(nameof(Profiles))]
    public string Profile { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        _signer = WebhookProfiles.All.Single(p => p.Name == Profile).Signer;
        var format = _signer.SecretFormat;
        _keys = format.HasSecret ? [format.Parse(format == SecretFormat.Standard ? Samples.StandardSecret : Samples.TextSecret)] : [];
        Sign();
        _received = _headers.ToDictionary(h => h.Key, h => h.Value);
        if (format.HasSecret && !Verify())
        {
            throw new InvalidOperationException($"{Profile} does not verify what it signed.");
        }
    }

    [Benchmark]
    public int Sign()
    {
        _headers.Clear();
        _signer.Sign(new WebhookMessage("evt_01ARZ3NDEKTSV4RRFFQ69G5FAV", Samples.Time, _body), _keys, _headers);
        return _headers.Count;
    }

    [Benchmark]
    public bool Verify() =>
        _signer.Verify(new ReceivedMessage(_body, _received.GetValueOrDefault, Samples.Time, TimeSpan.FromMinutes(5)), _keys).IsVerified;
}

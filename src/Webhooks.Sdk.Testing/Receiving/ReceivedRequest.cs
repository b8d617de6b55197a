using System.Text;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>One request as it came over the wire.</summary>
public sealed class ReceivedRequest
{
    internal ReceivedRequest()
    {
    }

    /// <summary>1 for the first request that the receiver got, then counted on.</summary>
    public required int Number { get; init; }

    /// <summary>When its last byte had arrived, on the receiver's time.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The path and, where there is one, the query.</summary>
    public required string Path { get; init; }

    /// <summary><c>HTTP/1.1</c> or <c>HTTP/2</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The headers in the order and the spelling of the wire (HTTP/2: as the server lists them).</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The raw bytes of the body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>What the receiver's own check said; null unless <see cref="WebhookReceiver.VerifyWith"/> was called before.</summary>
    public WebhookVerification? Verification { get; internal set; }

    /// <summary>A header's value, whatever its case; several are joined with a comma; null when it is absent.</summary>
    public string? Header(string name)
    {
        var values = Headers.Where(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }

    /// <summary>Checks the signature as a receiver of that format would have at the time of arrival.</summary>
    public WebhookVerification Verify(WebhookProfile profile, params string[] secrets) => Verify(profile, secrets, new MomentOfArrival(ReceivedAt));

    /// <summary>Checks the signature as a receiver with that clock would.</summary>
    public WebhookVerification Verify(WebhookProfile profile, IReadOnlyList<string> secrets, TimeProvider time) =>
        new WebhookVerifier(profile.Signer, secrets, time).Verify(Body.Span, Header);

    /// <summary>For people: number, method and path.</summary>
    public override string ToString() => $"#{Number} {Method} {Path} at {ReceivedAt:O} ({Body.Length} bytes)";

    private sealed class MomentOfArrival(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}

using System.Text;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>What the receiver answers to one request. A number is a status: <c>receiver.Answer(500)</c>.</summary>
public sealed record WebhookAnswer
{
    /// <summary>200 without a body.</summary>
    public static WebhookAnswer Ok { get; } = new();

    /// <summary>No answer at all: the request is held until the client goes away or the receiver is disposed.</summary>
    public static WebhookAnswer Never { get; } = new() { Delay = Timeout.InfiniteTimeSpan };

    /// <summary>The connection is reset (TCP RST) instead of an answer.</summary>
    public static WebhookAnswer Reset { get; } = new() { IsReset = true };

    /// <summary>The status. Default 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The headers, in this order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How long the request is held before it is answered, on the receiver's time.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Bytes of the body to send at a time; 0 for all at once.</summary>
    public int DripBytes { get; init; }

    /// <summary>The pause before each next part of the body, on the receiver's time.</summary>
    public TimeSpan DripInterval { get; init; }

    /// <summary>The connection ends after so many bytes of the body, although more were promised.</summary>
    public int? CutAfter { get; init; }

    /// <summary>The connection is reset instead of an answer.</summary>
    public bool IsReset { get; init; }

    /// <summary>An answer with nothing but a status.</summary>
    public static implicit operator WebhookAnswer(int status) => FromInt32(status);

    /// <summary>An answer with nothing but a status.</summary>
    public static WebhookAnswer FromInt32(int status) => new() { Status = status };

    /// <summary>The same with one more header.</summary>
    public WebhookAnswer WithHeader(string name, string value) => this with { Headers = [.. Headers, KeyValuePair.Create(name, value)] };

    /// <summary>The same with this body, as UTF-8.</summary>
    public WebhookAnswer WithBody(string body) => this with { Body = Encoding.UTF8.GetBytes(body) };

    /// <summary>The same, held for so long before it is sent.</summary>
    public WebhookAnswer After(TimeSpan delay) => this with { Delay = delay };

    /// <summary>The same with the body sent in parts and a pause before each but the first.</summary>
    public WebhookAnswer Dripping(int bytes, TimeSpan interval) => this with { DripBytes = bytes, DripInterval = interval };
}

using System.Buffers;
using System.Text;

namespace Webhooks.Sdk.Envelopes;

/// <summary>CloudEvents 1.0, binary mode: the body is the data, the attributes are <c>ce-*</c> headers.</summary>
/// <param name="source">The <c>source</c> attribute: a URI or URI reference that names this host.</param>
public sealed class CloudEventsBinaryEnvelope(string source) : IWebhookEnvelope
{
    private readonly string _source = CloudEventsSource.Checked(source);

    /// <inheritdoc/>
    public IReadOnlyList<string> HeaderNames { get; } = ["ce-id", "ce-source", "ce-type", "ce-specversion", "ce-time"];

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, in EnvelopeContext context) => output.Write(context.Event.Data.Span);

    /// <inheritdoc/>
    public void AddHeaders(in EnvelopeContext context, WebhookHeaders headers)
    {
        Span<byte> time = stackalloc byte[32];
        headers.AddTrusted("ce-id", context.Event.Id);
        headers.AddTrusted("ce-source", _source);
        headers.AddTrusted("ce-type", context.Event.Type);
        headers.AddTrusted("ce-specversion", "1.0");
        headers.AddTrusted("ce-time", Encoding.ASCII.GetString(Timestamps.Shortest(context.Event.CreatedAt, time)));
    }

    /// <inheritdoc/>
    public ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        header("ce-type") is { Length: > 0 } type && header("ce-specversion") is "1.0" && JsonFields.IsJson(body)
            ? new(type, body, header("ce-id"), Timestamps.Read(header("ce-time")))
            : null;
}

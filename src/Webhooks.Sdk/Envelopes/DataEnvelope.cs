using System.Buffers;

namespace Webhooks.Sdk.Envelopes;

/// <summary>The body is the event's data and nothing else; <c>X-GitHub-Event</c> and <c>X-GitHub-Delivery</c> say what it is.</summary>
public sealed class DataEnvelope : IWebhookEnvelope
{
    private const string EventHeader = "X-GitHub-Event";
    private const string DeliveryHeader = "X-GitHub-Delivery";

    /// <inheritdoc/>
    public IReadOnlyList<string> HeaderNames { get; } = [EventHeader, DeliveryHeader];

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, in EnvelopeContext context) => output.Write(context.Event.Data.Span);

    /// <inheritdoc/>
    public void AddHeaders(in EnvelopeContext context, WebhookHeaders headers)
    {
        headers.AddTrusted(EventHeader, context.Event.Type);
        headers.AddTrusted(DeliveryHeader, context.DeliveryId.ToString());
    }

    /// <inheritdoc/>
    public ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        header(EventHeader) is { Length: > 0 } type && JsonFields.IsJson(body) ? new(type, body, header(DeliveryHeader)) : null;
}

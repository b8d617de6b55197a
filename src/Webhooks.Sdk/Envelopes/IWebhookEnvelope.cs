using System.Buffers;

namespace Webhooks.Sdk.Envelopes;

/// <summary>
/// Makes the body of a request from an event. It must be a pure function of its context: a body that is made again for a later attempt, or on
/// another node, has to be the same to the byte. Implementations are stateless and used by many threads at once.
/// </summary>
public interface IWebhookEnvelope
{
    /// <summary>Sent as it is, for example <c>application/json</c>; no charset is added.</summary>
    string ContentType => "application/json";

    /// <summary>True when the body names the subscription or the delivery, so that a fan-out cannot share one body.</summary>
    bool IsPerSubscription => false;

    /// <summary>The headers that it sends; subscribers may not set them.</summary>
    IReadOnlyList<string> HeaderNames => [];

    /// <summary>Writes the body.</summary>
    void Write(IBufferWriter<byte> output, in EnvelopeContext context);

    /// <summary>Adds headers that are part of the format; most formats have none.</summary>
    void AddHeaders(in EnvelopeContext context, WebhookHeaders headers)
    {
    }

    /// <summary>
    /// Reads what <see cref="Write"/> and <see cref="AddHeaders"/> make, on the receiving side. Both directions stand in one type so that they
    /// cannot drift apart. Bad input is no exception.
    /// </summary>
    /// <param name="body">The raw body, verified already.</param>
    /// <param name="header">Looks up one of <see cref="HeaderNames"/>; null when it is absent.</param>
    /// <returns>The event; null when this is not the format.</returns>
    ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        throw new NotSupportedException($"{GetType().Name} can only be sent. Implement IWebhookEnvelope.Read in it to receive its format.");
}

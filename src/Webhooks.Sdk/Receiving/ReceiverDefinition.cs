using Webhooks.Sdk.Envelopes;

namespace Webhooks.Sdk.Receiving;

/// <summary>A receiver as far as it has nothing to do with HTTP: how its messages are read and who takes them.</summary>
/// <param name="Name">Its name: the first part of every key in the inbox.</param>
/// <param name="Envelope">Its format.</param>
/// <param name="Handlers">Its handlers.</param>
/// <param name="IsBackground">Messages are accepted first and handled later.</param>
internal sealed record ReceiverDefinition(string Name, IWebhookEnvelope Envelope, HandlerTable Handlers, bool IsBackground)
{
    /// <summary>The verified event in a request; null when it is not in the receiver's format.</summary>
    public ReceivedWebhook? Read(string sender, string? signedId, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body) =>
        Envelope.Read(body, name => headers.GetValueOrDefault(name)) is not { } @event ? null : new()
        {
            Receiver = Name,
            Sender = sender,
            Id = signedId ?? @event.Id,
            Type = @event.Type,
            CreatedAt = @event.CreatedAt,
            Data = @event.Data,
            Body = body,
            Headers = headers,
        };
}

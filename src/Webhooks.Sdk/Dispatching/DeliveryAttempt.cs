using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// One attempt, from top to bottom: render, sign, dispatch. Belongs to one runner and is used again for its next attempt, so that an attempt
/// allocates little more than the HTTP stack does.
/// </summary>
internal sealed class DeliveryAttempt(IWebhookDispatcher dispatcher)
{
    private readonly PooledBuffer _buffer = new();
    private WebhookRequest? _request;

    public ValueTask<AttemptResult> RunAsync(PreparedEndpoint endpoint, ClaimedDelivery delivery, DateTimeOffset now, CancellationToken abort)
    {
        var request = Address(endpoint);
        var context = new EnvelopeContext(delivery.Event, delivery.SubscriptionId, delivery.SubscriptionName);
        Render(endpoint.Profile.Envelope, context, request);
        Sign(endpoint, delivery.Event.Id, now, request);
        return dispatcher.DispatchAsync(request, abort);
    }

    private WebhookRequest Address(PreparedEndpoint endpoint)
    {
        _request ??= new WebhookRequest { Url = endpoint.Url, ContentType = "" };
        _request.Url = endpoint.Url;
        _request.Timeout = endpoint.Profile.Timeout;
        _request.Headers.Clear();
        foreach (var (name, value) in endpoint.Headers)
        {
            _request.Headers.Add(name, value);
        }

        return _request;
    }

    private void Render(IWebhookEnvelope envelope, in EnvelopeContext context, WebhookRequest request)
    {
        request.ContentType = envelope.ContentType;
        request.Body = context.Event.TargetCount > 1 && !envelope.IsPerSubscription
            ? context.Event.Bodies.GetOrAdd(envelope, (this, envelope, context), static c => c.Item1.Write(c.envelope, c.context).ToArray())
            : Write(envelope, context);
        envelope.AddHeaders(context, request.Headers);
    }

    private ReadOnlyMemory<byte> Write(IWebhookEnvelope envelope, in EnvelopeContext context)
    {
        _buffer.Clear();
        envelope.Write(_buffer, context);
        return _buffer.Written;
    }

    private static void Sign(PreparedEndpoint endpoint, string messageId, DateTimeOffset now, WebhookRequest request) =>
        endpoint.Profile.Signer.Sign(new WebhookMessage(messageId, now, request.Body.Span), endpoint.Keys, request.Headers);
}

using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.AspNetCore.Receiving;

/// <summary>The way of a request: body, sender, envelope, handler, inbox. Each step may end it with an answer.</summary>
internal sealed class ReceiverPipeline(ReceiverSettings settings, ReceiverDefinition receiver, ReceiverParts parts, SenderCheck check)
{
    public async Task HandleAsync(HttpContext context)
    {
        var answer = await AnswerAsync(context);
        parts.Metrics.Received(receiver.Name, answer.Outcome);
        await answer.WriteAsync(context.Response);
    }

    private async ValueTask<ReceiverAnswer> AnswerAsync(HttpContext context)
    {
        // What breaks off here is the server's affair: a client that went away, or that sends too slowly.
        if (await RequestBody.ReadAsync(context.Request, settings.MaxBodyBytes) is not { } body)
        {
            return Refuse(ReceiverAnswer.TooLarge, "TooLarge");
        }

        try
        {
            var verdict = await check.JudgeAsync(context, body);
            return verdict.Refusal is { } refusal ? Refuse(ReceiverAnswer.NotVerified, refusal) : await TakeAsync(context, verdict, body);
        }
        catch (WebhookQueueFullException e)
        {
            return Refuse(ReceiverAnswer.NoRoom(), e.Message);
        }
        catch (Exception e)
        {
            // The inbox or the host's own resolver; a handler's exception never comes this far. The sender repeats.
            parts.Logger.RequestFailed(e, receiver.Name);
            return ReceiverAnswer.Failed;
        }
    }

    private async ValueTask<ReceiverAnswer> TakeAsync(HttpContext context, SenderCheck.Verdict verdict, byte[] body)
    {
        if (receiver.Read(verdict.Sender, verdict.MessageId, EnvelopeHeaders(context.Request), body) is not { } webhook)
        {
            return Refuse(ReceiverAnswer.Malformed, "NotTheFormat");
        }

        var id = settings.Identify is null ? webhook.Id : settings.Identify(webhook);
        if ((Identifiers.Check("type", webhook.Type) ?? (id is null ? null : Identifiers.Check("id", id))) is { } error)
        {
            return Refuse(ReceiverAnswer.Malformed, error.ToString());
        }

        webhook = webhook with { Id = id };
        if (receiver.Handlers.Find(webhook.Type) is not { } binding)
        {
            return settings.AreOtherTypesRefused ? Refuse(ReceiverAnswer.UnknownType, "UnknownType") : ReceiverAnswer.Ignored;
        }

        if (binding(webhook) is not { } handler)
        {
            return Refuse(ReceiverAnswer.DataRefused, "DataRefused");
        }

        return receiver.IsBackground ? await AcceptAsync(webhook, id)
            : id is null ? await RunAsync(context, webhook, handler, lease: null)
            : await BeginAsync(context, webhook, handler, new(receiver.Name, webhook.Sender, id));
    }

    private async ValueTask<ReceiverAnswer> AcceptAsync(ReceivedWebhook webhook, string? id)
    {
        var key = new InboxKey(receiver.Name, webhook.Sender, id ?? Guid.NewGuid().ToString("N"));
        var message = new InboxMessage(key, webhook.Type, HeaderLines.Write(webhook.Headers), webhook.Body);

        // Not cancelled: whether it is stored has to be known.
        var answer = await parts.Inbox.AcceptAsync(message, CancellationToken.None);
        if (answer.State == InboxState.InHand)
        {
            return ReceiverAnswer.InHand(answer.FreeIn);
        }

        parts.Catalogue!.Accepted.Set();
        return answer.State == InboxState.New ? ReceiverAnswer.Accepted : ReceiverAnswer.Repeated;
    }

    private async ValueTask<ReceiverAnswer> BeginAsync(HttpContext context, ReceivedWebhook webhook, BoundHandler handler, InboxKey key)
    {
        // Not cancelled: who has begun has to end it.
        var answer = await parts.Inbox.BeginAsync(key, parts.Options.Value.Lease, CancellationToken.None);
        return answer.State switch
        {
            InboxState.New => await RunAsync(context, webhook, handler, answer.Lease),
            InboxState.InHand => ReceiverAnswer.InHand(answer.FreeIn),
            _ => ReceiverAnswer.Repeated,
        };
    }

    private async ValueTask<ReceiverAnswer> RunAsync(HttpContext context, ReceivedWebhook webhook, BoundHandler handler, InboxLease? lease)
    {
        // A sender that hangs up does not cancel: whatever takes longer than its patience would otherwise never be done. A server that has waited
        // long enough for its last requests does: it aborts them.
        using var ended = new CancellationTokenSource();
        await using var abort = context.RequestAborted.Register(() =>
        {
            if (parts.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                ended.Cancel();
            }
        });
        var failure = await parts.Runner.RunAsync(webhook, handler, context.RequestServices, lease, ended.Token);
        if (failure is not null)
        {
            parts.Logger.HandlerFailed(failure, receiver.Name, webhook.Type, webhook.Id);
        }

        if (lease is not null)
        {
            await parts.Runner.RecordAsync(lease, failure is null ? InboxTransition.Handled.Instance : InboxTransition.Released.Instance);
        }

        return failure is null ? ReceiverAnswer.Handled : ReceiverAnswer.Failed;
    }

    private Dictionary<string, string> EnvelopeHeaders(HttpRequest request)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in receiver.Envelope.HeaderNames)
        {
            if (request.Headers.TryGetValue(name, out var value))
            {
                headers[name] = value.ToString();
            }
        }

        return headers;
    }

    private ReceiverAnswer Refuse(ReceiverAnswer answer, string reason)
    {
        parts.Logger.RequestRefused(receiver.Name, reason);
        return answer;
    }
}

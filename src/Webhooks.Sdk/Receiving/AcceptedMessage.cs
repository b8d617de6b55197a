using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Receiving;

/// <summary>One attempt at a message that was accepted first: read, run, decide, record.</summary>
internal sealed class AcceptedMessage(
    ReceiverCatalogue receivers, MessageRunner runner, IServiceScopeFactory scopes, IOptions<InboxOptions> options, ILogger<AcceptedMessage> logger)
{
    private const int LongestReason = 1000;

    private static readonly TimeSpan[] DefaultDelays =
        [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    private readonly IList<TimeSpan> _delays = options.Value.RetryDelays is { Count: > 0 } own ? own : DefaultDelays;

    /// <param name="claimed">The message.</param>
    /// <param name="cancellationToken">Cancelled when the host does not wait any longer: what is not done by then is given back.</param>
    public async Task HandleAsync(ClaimedMessage claimed, CancellationToken cancellationToken)
    {
        var transition = await DecideAsync(claimed, cancellationToken);
        if (transition is InboxTransition.GivenUp givenUp)
        {
            logger.MessageGivenUp(claimed.Message.Key.Receiver, claimed.Message.Type, claimed.Message.Key.MessageId, claimed.Attempts, givenUp.Reason);
        }

        await runner.RecordAsync(claimed.Lease, transition);
    }

    private async ValueTask<InboxTransition> DecideAsync(ClaimedMessage claimed, CancellationToken cancellationToken)
    {
        // A message that kills its process would otherwise kill the next one too, for ever.
        if (claimed.Attempts > _delays.Count + 1)
        {
            return new InboxTransition.GivenUp($"It was begun {claimed.Attempts - 1} times and the process died each time, or could not record what came of it.");
        }

        var receiver = receivers.Get(claimed.Message.Key.Receiver);
        if (Read(receiver, claimed.Message) is not { } webhook || receiver.Handlers.Find(webhook.Type) is not { } binding)
        {
            return new InboxTransition.GivenUp("No handler takes it any more.");
        }

        if (binding(webhook) is not { } handler)
        {
            return new InboxTransition.GivenUp("The data is not what the handler takes.");
        }

        await using var scope = scopes.CreateAsyncScope();
        return await runner.RunAsync(webhook, handler, scope.ServiceProvider, claimed.Lease, cancellationToken) switch
        {
            null => InboxTransition.Handled.Instance,
            _ when cancellationToken.IsCancellationRequested => InboxTransition.Released.Instance,
            var failure => Decide(claimed, failure),
        };
    }

    private InboxTransition Decide(ClaimedMessage claimed, Exception failure)
    {
        if (claimed.Attempts > _delays.Count)
        {
            var reason = $"{failure.GetType().Name}: {failure.Message}";
            return new InboxTransition.GivenUp(reason.Length <= LongestReason ? reason : reason[..LongestReason]);
        }

        var delay = _delays[claimed.Attempts - 1];
        logger.MessageFailed(failure, claimed.Message.Key.Receiver, claimed.Message.Type, claimed.Message.Key.MessageId, claimed.Attempts, delay);
        return new InboxTransition.Retry(delay);
    }

    private static ReceivedWebhook? Read(ReceiverDefinition receiver, InboxMessage message) =>
        receiver.Read(message.Key.Sender, message.Key.MessageId, HeaderLines.Read(message.Headers), message.Body);
}

using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Sends one request. Every failure of the other side is a result; only a bug is an exception.</summary>
public interface IWebhookDispatcher
{
    /// <summary>Sends the request and reads the beginning of the answer.</summary>
    /// <param name="request">The request; not to be used after the task has completed.</param>
    /// <param name="abort">The host is going down and its grace period is over: end with <see cref="AttemptError.Aborted"/>.</param>
    ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort);
}

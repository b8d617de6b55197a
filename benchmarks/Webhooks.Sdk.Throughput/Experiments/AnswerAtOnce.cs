using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>A receiver that costs nothing: for when the store is what is looked at.</summary>
internal sealed class AnswerAtOnce : IWebhookDispatcher
{
    public ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort) =>
        new(new AttemptResult { StartedAt = DateTimeOffset.UtcNow, StatusCode = 204 });
}

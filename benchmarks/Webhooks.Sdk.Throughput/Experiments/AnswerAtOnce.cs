using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;

namespace Webhooks.Sdk.Throughput.Experiments;

/// <summary>A receiver that costs nothing: for when the store is what is looked at.</summary>
internal sealed class AnswerAtOnce : IWebhookDispatcher
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort)
    {
        Interlocked.Increment(ref _count);
        return new(new AttemptResult { StartedAt = DateTimeOffset.UtcNow, StatusCode = 204 });
    }
}

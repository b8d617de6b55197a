using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Health;

/// <summary>Asks the store how much is waiting; a store that does not answer is unhealthy.</summary>
internal sealed class WebhooksHealthCheck(
    IWebhookDeliveries deliveries, IWebhookSubscriptions subscriptions, IOptionsMonitor<WebhooksHealthOptions> options, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var limits = options.Get(context.Registration.Name);
        try
        {
            var backlog = await deliveries.GetBacklogAsync(cancellationToken);
            var suspended = await subscriptions.ListAsync(
                new SubscriptionQuery { State = SubscriptionState.Suspended, PageSize = Page<WebhookSubscription>.MaxSize }, cancellationToken);
            return Judge(backlog, suspended, limits, context.Registration.FailureStatus);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new(context.Registration.FailureStatus, "The store of the webhooks does not answer.", e);
        }
    }

    private HealthCheckResult Judge(DeliveryBacklog backlog, Page<WebhookSubscription> suspended, WebhooksHealthOptions limits, HealthStatus failure)
    {
        // The store's clock wrote the time and this node's reads it: a small difference must not become a negative age.
        var age = backlog.OldestDueAt is { } due && time.GetUtcNow() - due is var waited && waited > TimeSpan.Zero ? waited : TimeSpan.Zero;
        Dictionary<string, object> data = new()
        {
            ["pending"] = backlog.Pending,
            ["leased"] = backlog.Leased,
            ["failed"] = backlog.Failed,
            ["oldest_due_age_seconds"] = age.TotalSeconds,
            ["suspended"] = suspended.Items.Count,
            ["suspended_are_more"] = suspended.NextCursor is not null,
        };

        if (age >= limits.UnhealthyAfter)
        {
            return new(failure, $"The oldest due delivery has waited {age:c}.", data: data);
        }

        if (age >= limits.DegradedAfter)
        {
            return HealthCheckResult.Degraded($"The oldest due delivery has waited {age:c}.", data: data);
        }

        return limits.DegradedWhenSuspended && suspended.Items.Count > 0
            ? HealthCheckResult.Degraded("Endpoints are suspended.", data: data)
            : HealthCheckResult.Healthy(data: data);
    }
}

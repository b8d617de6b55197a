using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>Applies a change to whatever version is there, and moves pending deliveries out of the way when a subscription goes off.</summary>
internal sealed class SubscriptionSwitch(IWebhookSubscriptionStore subscriptions, IWebhookDeliveryStore deliveries, TimeProvider time)
{
    /// <summary>Reads, changes and writes until nobody came in between; null when the subscription is gone or the change declines.</summary>
    public async ValueTask<WebhookSubscription?> ChangeAsync(
        string id, Func<WebhookSubscription, DateTimeOffset, WebhookSubscription?> change, CancellationToken cancellationToken)
    {
        while (await subscriptions.FindAsync(id, cancellationToken) is { } current)
        {
            var now = time.GetUtcNow();
            if (change(current, now) is not { } changed)
            {
                return null;
            }

            changed = changed with { Version = current.Version + 1, UpdatedAt = now };
            if (await subscriptions.UpdateAsync(changed, current.Version, cancellationToken))
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>Switches one off; null when it is not there or already off in a way that this one must not overwrite.</summary>
    public async ValueTask<WebhookSubscription?> TurnOffAsync(string id, SubscriptionState state, string? reason, CancellationToken cancellationToken)
    {
        // The rule may not take a subscription from its owner: what is disabled stays disabled.
        var off = await ChangeAsync(id, (s, now) => s.State == state || (s.State == SubscriptionState.Disabled && state == SubscriptionState.Suspended)
            ? null
            : s with { State = state, StateReason = reason, StateChangedAt = now }, cancellationToken);
        if (off is not null)
        {
            var why = state == SubscriptionState.Suspended ? FailureReason.SubscriptionSuspended : FailureReason.SubscriptionDisabled;
            await deliveries.FailPendingAsync(id, why, cancellationToken);
        }

        return off;
    }
}

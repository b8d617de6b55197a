using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Tells the store how endpoints fare, one write per endpoint and batch and none for one that simply works, and suspends those whose profile's
/// rule is met. Used by the one write that is under way, never by two at once.
/// </summary>
internal sealed class EndpointHealthMonitor(
    IWebhookSubscriptionStore subscriptions,
    SubscriptionSwitch @switch,
    WebhookProfileCatalogue profiles,
    IReadOnlyList<IWebhookObserver> observers,
    WebhookMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    private readonly Dictionary<EndpointLane, HealthChange> _changes = [];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    public void Add(EndpointLane lane, in DeliveryRecord record)
    {
        if (record.Result is not { } result || record.Transition is DeliveryTransition.Released)
        {
            return;
        }

        if (result.IsSuccess)
        {
            if (_changes.ContainsKey(lane) || lane.Health.IsSuccessNews(time.GetUtcNow()))
            {
                _changes[lane] = new HealthChange(Succeeded: true, 0, 0);
            }

            return;
        }

        lane.Health.Failed();
        var exhausted = 0;
        if (record.Transition is DeliveryTransition.Failed failed)
        {
            exhausted = failed.Reason == FailureReason.Exhausted ? 1 : 0;
            if (failed.Reason == FailureReason.EndpointGone)
            {
                _gone.Add(lane.SubscriptionId);
            }
        }

        var change = _changes.GetValueOrDefault(lane);
        _changes[lane] = change with { FailedAttempts = change.FailedAttempts + 1, ExhaustedDeliveries = change.ExhaustedDeliveries + exhausted };
    }

    public async ValueTask ReportAsync()
    {
        if (_changes.Count == 0)
        {
            return;
        }

        foreach (var (lane, change) in _changes)
        {
            try
            {
                await ReportAsync(lane.SubscriptionId, change);
            }
            catch (Exception e)
            {
                // Health is advice: the deliveries are recorded, and the next failure reports again.
                logger.HealthFailed(e, lane.SubscriptionId);
            }
        }

        _changes.Clear();
        _gone.Clear();
    }

    private async ValueTask ReportAsync(string id, HealthChange change)
    {
        var health = await subscriptions.RecordHealthAsync(id, change, CancellationToken.None);
        if (change.FailedAttempts == 0 || await subscriptions.FindAsync(id, CancellationToken.None) is not { IsEnabled: true } subscription)
        {
            return;
        }

        var rule = (profiles.Find(subscription.Profile) ?? profiles.Default).DisableRule;
        var reason = _gone.Contains(id) ? "The endpoint answered 410 Gone."
            : rule.IsMetBy(health) ? $"Suspended {rule}: {health.FailedAttempts} failed attempts in {health.FailingFor.TotalHours:0.#} hours without success."
            : null;
        if (reason is not null && await @switch.TurnOffAsync(id, SubscriptionState.Suspended, reason, CancellationToken.None) is { } suspended)
        {
            metrics.SubscriptionSuspended();
            logger.SubscriptionSuspended(id, suspended.TenantId, reason);
            foreach (var observer in observers)
            {
                await NotifyAsync(observer, suspended);
            }
        }
    }

    private async ValueTask NotifyAsync(IWebhookObserver observer, WebhookSubscription suspended)
    {
        try
        {
            await observer.OnSuspendedAsync(suspended);
        }
        catch (Exception e)
        {
            logger.ObserverFailed(e);
        }
    }
}

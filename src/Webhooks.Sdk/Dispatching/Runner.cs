using System.Runtime.CompilerServices;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>One place for a request in flight: takes a delivery from a lane, attempts it, decides, and hands the record on.</summary>
internal sealed class Runner(RunnerServices services, DeliveryAttempt attempt)
{
    private readonly Action<EndpointLane> _run = services.Lanes.Run;

    /// <summary>What it has in hand until the result is stored, for lease renewal.</summary>
    public volatile ClaimedDelivery? Current;

    public async Task RunAsync(CancellationToken abort)
    {
        while (await services.Lanes.NextAsync() is { } lane)
        {
            await RunOnceAsync(lane, abort);
        }
    }

    // Pooled: a runner ends one of these before it begins the next, so the same few state machines serve all attempts.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunOnceAsync(EndpointLane lane, CancellationToken abort)
    {
        var subscription = await FindAsync(lane.SubscriptionId);
        var delivery = lane.Take(subscription, _run, out var defer, out var hasRoom);
        if (hasRoom)
        {
            services.Lanes.MadeRoom(lane);
        }

        if (delivery is null)
        {
            return;
        }

        Current = delivery;
        var record = defer > TimeSpan.Zero || !services.Leases.Holds(delivery)
            ? new DeliveryRecord(delivery, null, new DeliveryTransition.Released(defer))
            : await AttemptAsync(lane, subscription, delivery, abort);
        for (var asks = await lane.EndAsync(record.Result, services.Options.CircuitBreaker); asks > 0; asks--)
        {
            services.Lanes.Run(lane);
        }

        await services.Recorder.AddAsync(lane, record);
        Current = null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<DeliveryRecord> AttemptAsync(EndpointLane lane, WebhookSubscription? subscription, ClaimedDelivery delivery, CancellationToken abort)
    {
        if (WhyNot(subscription) is { } reason)
        {
            return new(delivery, null, new DeliveryTransition.Failed(reason));
        }

        var activity = WebhookActivities.StartAttempt(
            delivery.Event.Type, delivery.Event.Id, delivery.SubscriptionId, delivery.Attempts + 1, delivery.Event.TraceParent);
        AttemptResult result;
        var now = services.Time.GetUtcNow();
        try
        {
            var endpoint = lane.Prepared;
            if (endpoint is null || !ReferenceEquals(endpoint.Subscription, subscription) || endpoint.ExpiresAt <= now)
            {
                lane.Prepared = endpoint = services.Preparer.Prepare(subscription!);
            }

            result = await attempt.RunAsync(endpoint, delivery, now, abort);
        }
        catch (Exception e)
        {
            // A host's own envelope, signer, protector or dispatcher may throw anything; the delivery goes on by its schedule.
            services.Logger.AttemptThrew(e, delivery.Event.Id, delivery.SubscriptionId);
            result = new() { StartedAt = now, Error = AttemptError.InvalidRequest, ErrorMessage = e is WebhookException ? e.Message : $"{e.GetType().Name} in the sender." };
        }

        WebhookActivities.End(activity, result.StatusCode, result.IsSuccess ? null : result.Error == AttemptError.None ? "status" : result.Error.ToString());
        return new(delivery, result, Decide(subscription!, delivery, result));
    }

    private DeliveryTransition Decide(WebhookSubscription subscription, ClaimedDelivery delivery, AttemptResult result)
    {
        if (result.Error == AttemptError.Aborted)
        {
            return new DeliveryTransition.Released(TimeSpan.Zero);
        }

        var profile = services.Profiles.Find(subscription.Profile) ?? services.Profiles.Default;
        return profile.RetryPolicy.Decide(delivery, result, services.Time.GetUtcNow());
    }

    private static FailureReason? WhyNot(WebhookSubscription? subscription) => subscription?.State switch
    {
        null => FailureReason.SubscriptionDeleted,
        SubscriptionState.Disabled => FailureReason.SubscriptionDisabled,
        SubscriptionState.Suspended => FailureReason.SubscriptionSuspended,
        _ => null,
    };

    private async ValueTask<WebhookSubscription?> FindAsync(string id)
    {
        for (var delay = TimeSpan.FromMilliseconds(100); ; delay = delay < TimeSpan.FromSeconds(5) ? delay * 2 : delay)
        {
            try
            {
                return await services.Subscriptions.FindAsync(id, CancellationToken.None);
            }
            catch (Exception e)
            {
                services.Logger.StoreFailed(e, delay);
                await Task.Delay(delay, services.Time);
            }
        }
    }
}

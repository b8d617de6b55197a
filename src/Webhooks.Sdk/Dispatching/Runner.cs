using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Dispatching;

/// <summary>One place for a request in flight: takes a delivery from a lane, attempts it, decides, and hands the record on.</summary>
internal sealed class Runner(RunnerServices services, DeliveryAttempt attempt)
{
    private readonly Action<EndpointLane> _run = services.Lanes.Run;

    /// <summary>What it has in hand until the result is stored, for lease renewal.</summary>
    public volatile ClaimedDelivery? Current;

    // One state machine for the life of the runner: each method of its own that an attempt awaited would be a box and a dispatch for every attempt.
    public async Task RunAsync(CancellationToken abort)
    {
        var own = ExecutionContext.Capture();
        while (await services.Lanes.NextAsync() is { } lane)
        {
            if (own is not null)
            {
                ExecutionContext.Restore(own); // what a host's envelope or signer has set is not the next tenant's
            }

            var subscription = await FindAsync(lane.SubscriptionId);
            if (Take(lane, subscription, out var defer) is not { } delivery)
            {
                continue;
            }

            Current = delivery;
            AttemptResult? result = null;
            var transition = WhyNot(subscription, delivery, defer);
            if (transition is null)
            {
                var now = services.Time.GetUtcNow();
                var activity = WebhookActivities.StartAttempt(
                    delivery.Event.Type, delivery.Event.Id, delivery.SubscriptionId, delivery.Attempts + 1, delivery.Event.TraceParent);
                try
                {
                    result = await attempt.RunAsync(EndpointOf(lane, subscription!, now), delivery, now, abort);
                }
                catch (Exception e)
                {
                    result = Threw(e, delivery, now);
                }

                WebhookActivities.End(activity, result.StatusCode, result.IsSuccess ? null : result.Error == AttemptError.None ? "status" : result.Error.ToString());
                transition = Decide(subscription!, delivery, result);
            }

            for (var asks = await lane.EndAsync(result, services.Options.CircuitBreaker); asks > 0; asks--)
            {
                services.Lanes.Run(lane);
            }

            await services.Recorder.AddAsync(lane, new DeliveryRecord(delivery, result, transition));
            Current = null;
        }
    }

    private ClaimedDelivery? Take(EndpointLane lane, WebhookSubscription? subscription, out TimeSpan defer)
    {
        var delivery = lane.Take(subscription, _run, out defer, out var hasRoom);
        if (hasRoom)
        {
            services.Lanes.MadeRoom(lane);
        }

        return delivery;
    }

    // Null when it is to be attempted.
    private DeliveryTransition? WhyNot(WebhookSubscription? subscription, ClaimedDelivery delivery, TimeSpan defer) =>
        defer > TimeSpan.Zero || !services.Leases.Holds(delivery) ? new DeliveryTransition.Released(defer)
        : subscription?.State switch
        {
            SubscriptionState.Disabled => new DeliveryTransition.Failed(FailureReason.SubscriptionDisabled),
            SubscriptionState.Suspended => new DeliveryTransition.Failed(FailureReason.SubscriptionSuspended),
            null => new DeliveryTransition.Failed(FailureReason.SubscriptionDeleted),
            _ => null,
        };

    private PreparedEndpoint EndpointOf(EndpointLane lane, WebhookSubscription subscription, DateTimeOffset now) =>
        lane.Prepared is { } known && ReferenceEquals(known.Subscription, subscription) && known.ExpiresAt > now
            ? known
            : lane.Prepared = services.Preparer.Prepare(subscription);

    // A host's own envelope, signer, protector or dispatcher may throw anything; the delivery goes on by its schedule.
    private AttemptResult Threw(Exception e, ClaimedDelivery delivery, DateTimeOffset now)
    {
        services.Logger.AttemptThrew(e, delivery.Event.Id, delivery.SubscriptionId);
        return new() { StartedAt = now, Error = AttemptError.InvalidRequest, ErrorMessage = e is WebhookException ? e.Message : $"{e.GetType().Name} in the sender." };
    }

    private DeliveryTransition Decide(WebhookSubscription subscription, ClaimedDelivery delivery, AttemptResult result)
    {
        if (result.Error == AttemptError.Aborted)
        {
            return new DeliveryTransition.Released(TimeSpan.Zero);
        }

        var profile = services.Profiles.Find(subscription.Profile) ?? services.Profiles.Default;
        var now = services.Time.GetUtcNow();
        try
        {
            return profile.RetryPolicy.Decide(delivery, result, now);
        }
        catch (Exception e)
        {
            services.Logger.RetryPolicyThrew(e, profile.Name, delivery.Event.Id, delivery.SubscriptionId);
            return WebhookProfiles.Standard.RetryPolicy.Decide(delivery, result, now);
        }
    }

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

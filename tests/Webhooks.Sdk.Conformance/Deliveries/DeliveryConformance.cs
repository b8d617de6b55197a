using System.Collections.Frozen;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Conformance.Deliveries;

/// <summary>The words that the tests of delivery stores are written in.</summary>
public abstract class DeliveryConformance<TFixture> : StoreConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    protected static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    protected static DeliveryTransition Delivered => DeliveryTransition.Delivered.Instance;

    protected static DeliveryTransition RetryIn(TimeSpan delay) => new DeliveryTransition.Retry(delay);

    protected static DeliveryTransition Released(TimeSpan delay = default) => new DeliveryTransition.Released(delay);

    protected static DeliveryTransition GivenUp(FailureReason reason = FailureReason.Exhausted) => new DeliveryTransition.Failed(reason);

    protected static EventTargets To(WebhookEvent @event, params string[] subscriptions) =>
        new(@event, [.. subscriptions.Select(s => new DeliveryTarget(s))]);

    protected static Guid IdOf(WebhookEvent @event, string subscription) => DeliveryId.Of(@event, subscription);

    protected async ValueTask<bool> EnqueueAsync(EventTargets item) => (await Deliveries.EnqueueAsync([item], null, Cancel)).Single();

    /// <summary>Enqueues a new event and returns it.</summary>
    protected async ValueTask<WebhookEvent> PublishAsync(params string[] subscriptions)
    {
        var @event = Sample.Event();
        (await EnqueueAsync(To(@event, subscriptions))).Should().BeTrue();
        return @event;
    }

    protected async ValueTask<WebhookEvent> PublishFifoAsync(string subscription)
    {
        var @event = Sample.Event();
        (await EnqueueAsync(new(@event, [new DeliveryTarget(subscription, DeliveryOrdering.Fifo)]))).Should().BeTrue();
        return @event;
    }

    protected async ValueTask<List<WebhookEvent>> PublishManyAsync(int count, params string[] subscriptions)
    {
        List<WebhookEvent> events = [.. Enumerable.Range(0, count).Select(_ => Sample.Event())];
        await Deliveries.EnqueueAsync([.. events.Select(e => To(e, subscriptions))], null, Cancel);
        return events;
    }

    protected ValueTask<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int max = 100, int perSubscription = 100, TimeSpan? lease = null, params string[] excluded) =>
        Deliveries.ClaimAsync(
            new ClaimRequest
            {
                MaxCount = max,
                MaxPerSubscription = perSubscription,
                Lease = lease ?? Lease,
                ExcludedSubscriptions = excluded.ToFrozenSet(StringComparer.Ordinal),
            },
            Cancel);

    /// <summary>Claims, and there must be exactly one.</summary>
    protected async ValueTask<ClaimedDelivery> ClaimOneAsync() => (await ClaimAsync()).Should().ContainSingle().Subject;

    /// <summary>Claims until nothing is left.</summary>
    protected async ValueTask<List<ClaimedDelivery>> ClaimAllAsync(int max = 100, int perSubscription = 100)
    {
        var all = new List<ClaimedDelivery>();
        while (await ClaimAsync(max, perSubscription) is { Count: > 0 } some)
        {
            all.AddRange(some);
        }

        return all;
    }

    /// <summary>Records one result, and the lease must hold.</summary>
    protected async ValueTask RecordAsync(ClaimedDelivery claim, DeliveryTransition transition, AttemptResult? result = null) =>
        (await TryRecordAsync(claim, transition, result)).Should().BeTrue("the lease holds");

    /// <summary>Records one result; false when the lease was lost. The result is one that fits the transition unless one is given.</summary>
    protected async ValueTask<bool> TryRecordAsync(ClaimedDelivery claim, DeliveryTransition transition, AttemptResult? result = null)
    {
        result ??= transition switch
        {
            DeliveryTransition.Delivered => Sample.Ok(Fixture.UtcNow),
            DeliveryTransition.Retry => Sample.ServerError(Fixture.UtcNow),
            DeliveryTransition.Failed { Reason: FailureReason.Exhausted or FailureReason.EndpointGone } => Sample.ServerError(Fixture.UtcNow),
            _ => null,
        };
        var lost = await Deliveries.RecordAsync([new DeliveryRecord(claim, result, transition)], Cancel);
        lost.Should().BeSubsetOf([claim]);
        return lost.Count == 0;
    }

    /// <summary>Publishes and delivers one.</summary>
    protected async ValueTask<WebhookEvent> DeliverOneAsync(string subscription)
    {
        var @event = await PublishAsync(subscription);
        await RecordAsync(await ClaimOneAsync(), Delivered);
        return @event;
    }

    /// <summary>Publishes one and gives it up.</summary>
    protected async ValueTask<WebhookEvent> FailOneAsync(string subscription)
    {
        var @event = await PublishAsync(subscription);
        await RecordAsync(await ClaimOneAsync(), GivenUp());
        return @event;
    }

    protected async ValueTask<WebhookDelivery> FindAsync(WebhookEvent @event, string subscription) =>
        (await ListAsync(new DeliveryQuery { DeliveryId = IdOf(@event, subscription) })).Should().ContainSingle().Subject;

    protected async ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(DeliveryQuery query) => (await Deliveries.ListAsync(query, Cancel)).Items;

    protected async ValueTask<IReadOnlyList<DeliveryAttemptRecord>> AttemptsAsync(DeliveryQuery query) => (await Deliveries.ListAttemptsAsync(query, Cancel)).Items;
}

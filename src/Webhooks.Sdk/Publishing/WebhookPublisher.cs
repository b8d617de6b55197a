using System.Buffers;
using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Publishing;

/// <summary>The first half of an event's way: check, match, freeze, enqueue. It does not know who delivers.</summary>
internal sealed class WebhookPublisher(
    EventFactory events,
    IWebhookSubscriptionStore subscriptions,
    IWebhookDeliveryStore deliveries,
    WebhookProfileCatalogue profiles,
    IOptions<PublishOptions> options,
    WebhookMetrics metrics,
    ILogger<WebhookPublisher> logger) : IWebhookPublisher
{
    public async ValueTask<PublishResult> PublishAsync(NewWebhookEvent newEvent, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var (type, data) = events.Check(newEvent);
        using var activity = WebhookActivities.StartPublish(type);
        var (prepared, result) = await PrepareAsync(newEvent, type, data, cancellationToken);
        if (prepared is { } enqueue)
        {
            var stored = await deliveries.EnqueueAsync([enqueue], transaction, cancellationToken);
            result = ResultOf(enqueue, stored[0]);
        }

        Report(type, result);
        return result;
    }

    public async ValueTask<IReadOnlyList<PublishResult>> PublishManyAsync(
        IReadOnlyList<NewWebhookEvent> newEvents, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        using var activity = WebhookActivities.StartPublish("batch");
        var rented = ArrayPool<EventTargets>.Shared.Rent(newEvents.Count);
        var count = 0;
        List<(int Place, string Type, PublishResult Result)> alone = [];
        for (var i = 0; i < newEvents.Count; i++)
        {
            var (type, data) = events.Check(newEvents[i]);
            var (prepared, result) = await PrepareAsync(newEvents[i], type, data, cancellationToken);
            if (prepared is { } enqueue)
            {
                rented[count++] = enqueue;
            }
            else
            {
                alone.Add((i, type, result));
            }
        }

        var batch = new ArraySegment<EventTargets>(rented, 0, count);
        var stored = count == 0 ? [] : await deliveries.EnqueueAsync(batch, transaction, cancellationToken);
        var results = Merge(batch, stored, alone);

        // Not after an exception: a store whose wait was cancelled may still be reading it.
        ArrayPool<EventTargets>.Shared.Return(rented, clearArray: true);
        return results;
    }

    // In the order of the publication: those that were enqueued, and between them those without a subscriber.
    private PublishResult[] Merge(ArraySegment<EventTargets> batch, IReadOnlyList<bool> stored, List<(int Place, string Type, PublishResult Result)> alone)
    {
        var results = new PublishResult[batch.Count + alone.Count];
        for (int i = 0, next = 0; i < results.Length; i++)
        {
            string type;
            if (i - next < alone.Count && alone[i - next].Place == i)
            {
                (_, type, results[i]) = alone[i - next];
            }
            else
            {
                (type, results[i]) = (batch[next].Event.Type, ResultOf(batch[next], stored[next]));
                next++;
            }

            Report(type, results[i]);
        }

        return results;
    }

    // No subscriber, no work: such an event is not even serialised.
    private async ValueTask<(EventTargets? Enqueue, PublishResult Result)> PrepareAsync(
        NewWebhookEvent newEvent, string type, EventData data, CancellationToken cancellationToken)
    {
        var matches = await subscriptions.MatchAsync(newEvent.TenantId, type, cancellationToken);
        if (matches.Count == 0 && !options.Value.KeepAllEvents)
        {
            return (null, new PublishResult(events.IdOf(newEvent), PublishOutcome.NoSubscriber, 0));
        }

        return (new EventTargets(events.Make(newEvent, type, data, matches.Count), TargetsOf(matches)), default);
    }

    private DeliveryTarget[] TargetsOf(IReadOnlyList<WebhookSubscription> matches)
    {
        if (matches is MatchingSubscriptions known)
        {
            return known.TargetsFor(profiles);
        }

        var targets = new DeliveryTarget[matches.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = profiles.TargetOf(matches[i]);
        }

        return targets;
    }

    private static PublishResult ResultOf(in EventTargets enqueued, bool isNew) => isNew
        ? new(enqueued.Event.Id, PublishOutcome.Enqueued, enqueued.Targets.Count)
        : new(enqueued.Event.Id, PublishOutcome.Duplicate, 0);

    private void Report(string type, in PublishResult result)
    {
        var outcome = result.Outcome switch
        {
            PublishOutcome.Enqueued => "enqueued",
            PublishOutcome.Duplicate => "duplicate",
            _ => "no_subscriber",
        };
        metrics.Published(type, outcome);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.Published(result.EventId, type, outcome, result.Deliveries);
        }
    }
}

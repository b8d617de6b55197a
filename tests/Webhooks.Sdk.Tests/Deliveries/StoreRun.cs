using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Tests.Deliveries;

/// <summary>Does each step to the store and to the model and compares the answers, and after each step everything that can be seen.</summary>
internal sealed class StoreRun(InMemoryFixture fixture)
{
    public const int Events = 8;

    public static readonly string[] Subscriptions = ["plain-1", "plain-2", "fifo-1", "fifo-2"];

    private static readonly WebhookEvent[] Published = [.. Enumerable.Range(0, Events).Select(i => Sample.Event($"evt_{i}"))];

    private readonly DateTimeOffset _start = fixture.UtcNow;
    private readonly StoreModel _model = new() { Now = fixture.UtcNow };
    private readonly List<ClaimedDelivery> _claims = [];

    private IWebhookDeliveryStore Store => fixture.Deliveries;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task DoAsync(StoreStep step)
    {
        var (a, b) = (step.A, step.B);
        var subscription = Subscriptions[b % Subscriptions.Length];
        switch (step.Kind)
        {
            case StoreStepKind.Enqueue:
                // The bits of the second number are the subscriptions; the highest one names one of them twice, none at all only keeps the event.
                List<string> to = [.. Subscriptions.Where((_, i) => (b & (1 << i)) != 0)];
                to.AddRange((b & 16) != 0 ? to.Take(1).ToList() : []);
                (await Store.EnqueueAsync([new(Published[a % Events], [.. to.Select(Target)])], null, Cancel))
                    .Should().Equal(_model.Enqueue(Published[a % Events].Id, to));
                break;
            case StoreStepKind.Claim:
                await ClaimAsync((a % 5) + 1, (b % 3) + 1, TimeSpan.FromMinutes((a % 3) + 1));
                break;
            case StoreStepKind.Deliver:
                await RecordAsync(a, DeliveryTransition.Delivered.Instance, Sample.Ok(_model.Now), row => (row.State, row.Attempts) = (DeliveryState.Delivered, row.Attempts + 1));
                break;
            case StoreStepKind.Retry:
                var delay = TimeSpan.FromMinutes(b % 4);
                await RecordAsync(a, new DeliveryTransition.Retry(delay), Sample.ServerError(_model.Now), row => (row.DueAt, row.Attempts) = (_model.Now + delay, row.Attempts + 1));
                break;
            case StoreStepKind.Release:
                var pause = TimeSpan.FromMinutes(b % 2);
                await RecordAsync(a, new DeliveryTransition.Released(pause), null, row => row.DueAt = _model.Now + pause);
                break;
            case StoreStepKind.GiveUp:
                var result = b % 2 == 0 ? Sample.ServerError(_model.Now) : null;
                await RecordAsync(
                    a, new DeliveryTransition.Failed(FailureReason.Exhausted), result, row => (row.State, row.Attempts) = (DeliveryState.Failed, row.Attempts + 1 - (b % 2)));
                break;
            case StoreStepKind.Renew when _claims.Count > 0:
                var claim = _claims[a % _claims.Count];
                var lease = TimeSpan.FromMinutes((b % 3) + 1);
                await Store.RenewAsync([claim], lease, Cancel);
                if (_model.HeldBy(claim) is { } held)
                {
                    held.LeaseEnd = _model.Now + lease;
                }

                break;
            case StoreStepKind.Advance:
                await fixture.AdvanceAsync(TimeSpan.FromSeconds(30 * ((a % 6) + 1)));
                _model.Now = fixture.UtcNow;
                _model.ExpireLeases();
                break;
            case StoreStepKind.FailPending:
                (await Store.FailPendingAsync(subscription, FailureReason.SubscriptionDisabled, Cancel)).Should().Be(_model.FailPending(subscription));
                break;
            case StoreStepKind.Resend:
                (await Store.ResendAsync(DeliveryId.Of(Published[a % Events], subscription), Cancel)).Should().Be(_model.Resend(Published[a % Events].Id, subscription));
                break;
            case StoreStepKind.Recover:
                var since = _start.AddMinutes(a % 4);
                (await Store.RecoverAsync(new(Target(subscription), Sample.Tenant, new EventTypeFilter([]), since), Cancel)).Should().Be(_model.Recover(subscription, since));
                break;
            default:
                break; // a renewal before the first claim
        }

        await CompareAsync();
    }

    /// <summary>Lets every lease and delay end and delivers what is there: each that was pending comes exactly once.</summary>
    public async Task DrainAsync()
    {
        await fixture.AdvanceAsync(TimeSpan.FromDays(1));
        _model.Now = fixture.UtcNow;
        _model.ExpireLeases();
        for (var pending = _model.Rows.Count(r => r.State == DeliveryState.Pending); pending > 0; pending--)
        {
            await ClaimAsync(1, 1, TimeSpan.FromMinutes(1));
            await RecordAsync(_claims.Count - 1, DeliveryTransition.Delivered.Instance, Sample.Ok(_model.Now), row => (row.State, row.Attempts) = (DeliveryState.Delivered, row.Attempts + 1));
        }

        await ClaimAsync(5, 5, TimeSpan.FromMinutes(1));
        await CompareAsync();
        _model.Rows.Exists(r => r.State == DeliveryState.Pending).Should().BeFalse();
    }

    private async Task ClaimAsync(int max, int perSubscription, TimeSpan lease)
    {
        var claimable = Subscriptions.ToDictionary(s => s, _model.Claimable);
        var claimed = await Store.ClaimAsync(new() { MaxCount = max, MaxPerSubscription = perSubscription, Lease = lease }, Cancel);

        claimed.Should().HaveCount(Math.Min(max, claimable.Values.Sum(rows => Math.Min(perSubscription, rows.Count))));
        foreach (var ofOne in claimed.GroupBy(c => c.SubscriptionId))
        {
            ofOne.Should().HaveCountLessThanOrEqualTo(perSubscription);
        }

        foreach (var claim in claimed)
        {
            _claims.Should().NotContain(c => c.LeaseToken == claim.LeaseToken);
            var row = claimable[claim.SubscriptionId].Should().ContainSingle(r => r.Event == claim.Event.Id, "only what is idle, due and first is claimed").Subject;
            row.Claim.Should().BeNull("claims never overlap");
            (row.Claim, row.LeaseEnd) = (claim, _model.Now + lease);
            (claim.Attempts, claim.Id).Should().Be((row.Attempts, DeliveryId.Of(claim.Event, claim.SubscriptionId)));
            _claims.Add(claim);
        }
    }

    // Of any claim that ever was, those that are lost or recorded long ago too.
    private async Task RecordAsync(int index, DeliveryTransition transition, AttemptResult? result, Action<StoreModel.Row> apply)
    {
        if (_claims.Count == 0)
        {
            return;
        }

        var claim = _claims[index % _claims.Count];
        var row = _model.HeldBy(claim);
        (await Store.RecordAsync([new(claim, result, transition)], Cancel)).Should().Equal(row is null ? [claim] : []);
        if (row is not null)
        {
            row.Claim = null;
            apply(row);
        }
    }

    private async Task CompareAsync()
    {
        var backlog = await Store.GetBacklogAsync(Cancel);
        var waiting = _model.Rows.Where(r => r.IsIdle && r.DueAt > _model.Now).Select(r => (DateTimeOffset?)r.DueAt).Min();
        (backlog.Pending, backlog.Leased, backlog.Failed, backlog.NextDueAt).Should().Be((
            _model.Rows.Count(r => r.State == DeliveryState.Pending), _model.Rows.Count(r => r.Claim is not null), _model.Rows.Count(r => r.State == DeliveryState.Failed), waiting));
        (backlog.OldestDueAt is null).Should().Be(!_model.Rows.Exists(r => r.IsIdle && r.DueAt <= _model.Now), "something is due, or nothing is");

        var listed = new List<WebhookDelivery>();
        foreach (var state in Enum.GetValues<DeliveryState>())
        {
            var page = await Store.ListAsync(new() { State = state, PageSize = Page<WebhookDelivery>.MaxSize }, Cancel);
            page.Items.All(d => d.State == state).Should().BeTrue();
            listed.AddRange(page.Items);
        }

        listed.Select(d => (d.EventId, d.SubscriptionId, d.State, d.Attempts)).Order().Should().Equal(
            _model.Rows.Select(r => (r.Event, r.Subscription, r.State, r.Attempts)).Order(), "each delivery is in exactly one state, and none is lost or doubled");
    }

    private static DeliveryTarget Target(string subscription) =>
        new(subscription, StoreModel.IsFifo(subscription) ? DeliveryOrdering.Fifo : DeliveryOrdering.Unordered);
}

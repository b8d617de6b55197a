using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Conformance.Subscriptions;

/// <summary>For stores that several nodes or processes share: a change acts on the others a second later.</summary>
public abstract class SharedSubscriptionsConformance<TFixture> : SubscriptionConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task What_one_node_adds_changes_and_deletes_acts_on_the_other()
    {
        var (_, other) = await Fixture.OpenNodeAsync();
        (await other.MatchAsync(Tenant, "any", Cancel)).Should().BeEmpty();

        var subscription = await AddAsync("s1");
        await UntilAsync(async () => (await other.MatchAsync(Tenant, "any", Cancel)).Count == 1);
        (await other.FindAsync("s1", Cancel)).Should().BeEquivalentTo(subscription);

        await Subscriptions.UpdateAsync(subscription with { State = SubscriptionState.Disabled, Version = 2 }, 1, Cancel);
        await UntilAsync(async () => (await other.MatchAsync(Tenant, "any", Cancel)).Count == 0);
        (await other.FindAsync("s1", Cancel))!.State.Should().Be(SubscriptionState.Disabled);

        await Subscriptions.DeleteAsync("s1", Cancel);
        await UntilAsync(async () => await other.FindAsync("s1", Cancel) is null);
    }

    [Fact]
    public async Task Versions_limits_and_ids_hold_among_all_nodes()
    {
        var (_, other) = await Fixture.OpenNodeAsync();
        var subscription = await AddAsync("s1");

        (await other.AddAsync(New("s1"), null, Cancel)).Should().Be(AddOutcome.DuplicateId);
        (await other.AddAsync(New("s2"), 1, Cancel)).Should().Be(AddOutcome.LimitReached);
        (await other.UpdateAsync(subscription with { Name = "theirs", Version = 2 }, 1, Cancel)).Should().BeTrue();
        (await Subscriptions.UpdateAsync(subscription with { Name = "mine", Version = 2 }, 1, Cancel)).Should().BeFalse();
        await UntilAsync(async () => (await Subscriptions.FindAsync("s1", Cancel))!.Name == "theirs");
    }

    [Fact]
    public async Task A_refused_change_lets_the_node_see_the_version_that_is_there()
    {
        // Whoever changes reads, changes, writes, and reads again when somebody was faster: the second read must not be the first one again.
        var (_, other) = await Fixture.OpenNodeAsync();
        var subscription = await AddAsync("s1");
        await UntilAsync(async () => await other.FindAsync("s1", Cancel) is not null);
        await Subscriptions.UpdateAsync(subscription with { Name = "mine", Version = 2 }, 1, Cancel);

        (await other.UpdateAsync(subscription with { Name = "theirs", Version = 2 }, 1, Cancel)).Should().BeFalse();

        (await other.FindAsync("s1", Cancel))!.Version.Should().Be(2);
    }

    [Fact]
    public async Task Health_is_counted_together()
    {
        var (_, other) = await Fixture.OpenNodeAsync();
        await AddAsync("s1");

        await Subscriptions.RecordHealthAsync("s1", new HealthChange(false, 2, 0), Cancel);

        (await other.RecordHealthAsync("s1", new HealthChange(false, 1, 1), Cancel)).FailedAttempts.Should().Be(3);
    }

    // A second of the store's time may pass between a change and its effect elsewhere; no signal announces it.
    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < 200 && !await isSo(); i++)
        {
            await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(100));
            await timer.WaitForNextTickAsync(Cancel);
        }

        (await isSo()).Should().BeTrue("it changed on another node ten seconds ago");
    }
}

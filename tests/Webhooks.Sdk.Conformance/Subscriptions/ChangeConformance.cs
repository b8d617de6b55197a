using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Conformance.Subscriptions;

public abstract class ChangeConformance<TFixture> : SubscriptionConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task A_change_from_the_version_that_is_there_is_written()
    {
        var before = await AddAsync("s1");

        (await Subscriptions.UpdateAsync(before with { Name = "new", Version = 2 }, 1, Cancel)).Should().BeTrue();

        var after = await Subscriptions.FindAsync("s1", Cancel);
        after!.Name.Should().Be("new");
        after.Version.Should().Be(2);
    }

    [Fact]
    public async Task A_change_from_another_version_is_refused()
    {
        var before = await AddAsync("s1");
        await Subscriptions.UpdateAsync(before with { Name = "first", Version = 2 }, 1, Cancel);

        (await Subscriptions.UpdateAsync(before with { Name = "second", Version = 2 }, 1, Cancel)).Should().BeFalse();

        (await Subscriptions.FindAsync("s1", Cancel))!.Name.Should().Be("first");
    }

    [Fact]
    public async Task Of_many_that_change_one_version_at_once_one_wins()
    {
        var before = await AddAsync("s1");

        var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
            await Subscriptions.UpdateAsync(before with { Name = $"name {i}", Version = 2 }, 1, Cancel), Cancel)));

        won.Count(w => w).Should().Be(1);
        (await Subscriptions.FindAsync("s1", Cancel))!.Name.Should().Be($"name {Array.IndexOf(won, true)}");
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_made_by_a_change()
    {
        (await Subscriptions.UpdateAsync(New("s1"), 1, Cancel)).Should().BeFalse();

        (await Subscriptions.FindAsync("s1", Cancel)).Should().BeNull();
    }

    [Fact]
    public async Task What_is_deleted_is_gone_everywhere()
    {
        var deleted = await AddAsync("s1");
        await AddAsync("s2");

        (await Subscriptions.DeleteAsync("s1", Cancel)).Should().BeTrue();

        (await Subscriptions.DeleteAsync("s1", Cancel)).Should().BeFalse();
        (await Subscriptions.FindAsync("s1", Cancel)).Should().BeNull();
        (await MatchAsync("any")).Should().Equal("s2");
        (await ListAsync(new SubscriptionQuery())).Should().Equal("s2");
        (await Subscriptions.UpdateAsync(deleted with { Version = 2 }, 1, Cancel)).Should().BeFalse();
        (await Subscriptions.AddAsync(New("s1"), null, Cancel)).Should().Be(AddOutcome.Added, "its id is free again");
    }
}

using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Conformance.Subscriptions;

public abstract class AddConformance<TFixture> : SubscriptionConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task What_is_added_is_found()
    {
        var added = await AddAsync("s1");

        var found = await Subscriptions.FindAsync("s1", Cancel);

        found.Should().BeEquivalentTo(added);
        (await Subscriptions.FindAsync("s2", Cancel)).Should().BeNull();
    }

    [Fact]
    public async Task A_taken_id_is_refused_and_the_first_one_stays()
    {
        await AddAsync("s1");

        (await Subscriptions.AddAsync(New("s1", "somebody-else"), null, Cancel)).Should().Be(AddOutcome.DuplicateId);

        (await Subscriptions.FindAsync("s1", Cancel))!.TenantId.Should().Be(Tenant);
        (await MatchAsync("any", "somebody-else")).Should().BeEmpty();
    }

    [Fact]
    public async Task Ids_are_case_sensitive()
    {
        await AddAsync("s1");
        await AddAsync("S1");

        (await Subscriptions.FindAsync("S1", Cancel))!.Id.Should().Be("S1");
    }

    [Fact]
    public async Task A_tenant_gets_no_more_than_its_limit()
    {
        (await Subscriptions.AddAsync(New("s1"), 2, Cancel)).Should().Be(AddOutcome.Added);
        (await Subscriptions.AddAsync(New("s2"), 2, Cancel)).Should().Be(AddOutcome.Added);

        (await Subscriptions.AddAsync(New("s3"), 2, Cancel)).Should().Be(AddOutcome.LimitReached);

        (await Subscriptions.FindAsync("s3", Cancel)).Should().BeNull();
        (await Subscriptions.AddAsync(New("s3", "somebody-else"), 2, Cancel)).Should().Be(AddOutcome.Added, "the limit is each tenant's own");
        (await Subscriptions.AddAsync(New("s4"), null, Cancel)).Should().Be(AddOutcome.Added, "no limit was named");
    }

    [Fact]
    public async Task One_that_is_off_counts_too_and_one_that_is_deleted_does_not()
    {
        await AddAsync("s1", state: SubscriptionState.Disabled);
        (await Subscriptions.AddAsync(New("s2"), 1, Cancel)).Should().Be(AddOutcome.LimitReached);

        await Subscriptions.DeleteAsync("s1", Cancel);

        (await Subscriptions.AddAsync(New("s2"), 1, Cancel)).Should().Be(AddOutcome.Added);
    }

    [Fact]
    public async Task Many_that_add_at_once_do_not_pass_the_limit()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () => await Subscriptions.AddAsync(New(Id(i)), 5, Cancel), Cancel)));

        outcomes.Count(o => o == AddOutcome.Added).Should().Be(5);
        outcomes.Count(o => o == AddOutcome.LimitReached).Should().Be(15);
        (await ListAsync(new SubscriptionQuery { TenantId = Tenant })).Should().HaveCount(5);
    }

    [Fact]
    public async Task Many_that_add_one_id_at_once_add_it_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await Subscriptions.AddAsync(New("s1"), null, Cancel), Cancel)));

        outcomes.Count(o => o == AddOutcome.Added).Should().Be(1);
        outcomes.Count(o => o == AddOutcome.DuplicateId).Should().Be(19);
    }
}

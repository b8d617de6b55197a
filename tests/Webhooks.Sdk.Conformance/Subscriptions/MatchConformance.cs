using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Conformance.Subscriptions;

public abstract class MatchConformance<TFixture> : SubscriptionConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task Filters_decide_by_name_by_prefix_and_by_all()
    {
        await AddAsync("all");
        await AddAsync("star", eventTypes: "*");
        await AddAsync("name", eventTypes: "review.created");
        await AddAsync("prefix", eventTypes: "review.*");
        await AddAsync("two", eventTypes: ["quota.exceeded", "review.created"]);
        await AddAsync("other", eventTypes: "quota.*");

        (await MatchAsync("review.created")).Should().BeEquivalentTo("all", "star", "name", "prefix", "two");
        (await MatchAsync("review.updated")).Should().BeEquivalentTo("all", "star", "prefix");
        (await MatchAsync("review")).Should().BeEquivalentTo("all", "star");
        (await MatchAsync("REVIEW.CREATED")).Should().BeEquivalentTo(["all", "star"], "names are case-sensitive");
    }

    [Fact]
    public async Task Only_the_tenants_own_match()
    {
        await AddAsync("mine");
        await AddAsync("theirs", "somebody-else");

        (await MatchAsync("any")).Should().Equal("mine");
        (await MatchAsync("any", "somebody-else")).Should().Equal("theirs");
        (await MatchAsync("any", "nobody")).Should().BeEmpty();
        (await MatchAsync("any", Tenant.ToUpperInvariant())).Should().BeEmpty("tenants are case-sensitive");
    }

    [Fact]
    public async Task Only_those_that_are_on_match()
    {
        await AddAsync("on");
        await AddAsync("off", state: SubscriptionState.Disabled);
        await AddAsync("suspended", state: SubscriptionState.Suspended);

        (await MatchAsync("any")).Should().Equal("on");
    }

    [Fact]
    public async Task A_change_acts_at_once()
    {
        var subscription = await AddAsync("s1", eventTypes: "a");
        (await MatchAsync("a")).Should().Equal("s1");
        (await MatchAsync("b")).Should().BeEmpty();

        subscription = subscription with { EventTypes = ["b"], Version = 2 };
        await Subscriptions.UpdateAsync(subscription, 1, Cancel);
        (await MatchAsync("a")).Should().BeEmpty();
        (await MatchAsync("b")).Should().Equal("s1");

        subscription = subscription with { State = SubscriptionState.Disabled, Version = 3 };
        await Subscriptions.UpdateAsync(subscription, 2, Cancel);
        (await MatchAsync("b")).Should().BeEmpty();

        await Subscriptions.UpdateAsync(subscription with { State = SubscriptionState.Enabled, Version = 4 }, 3, Cancel);
        (await MatchAsync("b")).Should().Equal("s1");

        await AddAsync("s2", eventTypes: "b");
        (await MatchAsync("b")).Should().BeEquivalentTo("s1", "s2");
    }
}

using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Conformance.Subscriptions;

public abstract class ListConformance<TFixture> : SubscriptionConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task The_oldest_comes_first()
    {
        await AddAsync("zebra");
        await AddAsync("ant");
        await AddAsync("mole");

        (await ListAsync(new SubscriptionQuery())).Should().Equal("zebra", "ant", "mole");
    }

    [Fact]
    public async Task Tenant_and_state_filter_and_add_up()
    {
        await AddAsync("on");
        await AddAsync("off", state: SubscriptionState.Disabled);
        await AddAsync("suspended", state: SubscriptionState.Suspended);
        await AddAsync("theirs", "somebody-else", SubscriptionState.Disabled);

        (await ListAsync(new SubscriptionQuery { TenantId = Tenant })).Should().Equal("on", "off", "suspended");
        (await ListAsync(new SubscriptionQuery { State = SubscriptionState.Disabled })).Should().Equal("off", "theirs");
        (await ListAsync(new SubscriptionQuery { TenantId = Tenant, State = SubscriptionState.Disabled })).Should().Equal("off");
        (await ListAsync(new SubscriptionQuery { TenantId = "nobody" })).Should().BeEmpty();
    }

    [Fact]
    public async Task Pages_follow_one_another_whatever_is_added_or_deleted_meanwhile()
    {
        await AddManyAsync(7);

        var first = await Subscriptions.ListAsync(new SubscriptionQuery { PageSize = 3 }, Cancel);
        await Subscriptions.DeleteAsync(Id(2), Cancel);
        await Subscriptions.DeleteAsync(Id(3), Cancel);
        await AddAsync("late");
        var second = await Subscriptions.ListAsync(new SubscriptionQuery { PageSize = 3, Cursor = first.NextCursor }, Cancel);
        var third = await Subscriptions.ListAsync(new SubscriptionQuery { PageSize = 3, Cursor = second.NextCursor }, Cancel);

        first.Items.Select(s => s.Id).Should().Equal(Id(0), Id(1), Id(2));
        second.Items.Select(s => s.Id).Should().Equal(Id(4), Id(5), Id(6));
        third.Items.Select(s => s.Id).Should().Equal("late");
        third.NextCursor.Should().BeNull();
    }

    [Fact]
    public async Task A_page_has_1_to_200_rows_whatever_is_asked_for()
    {
        await AddManyAsync(201);

        (await ListAsync(new SubscriptionQuery { PageSize = 0 })).Should().HaveCount(1);
        (await ListAsync(new SubscriptionQuery { PageSize = -1 })).Should().HaveCount(1);
        (await ListAsync(new SubscriptionQuery { PageSize = 2_000_000_000 })).Should().HaveCount(200);
        (await Subscriptions.ListAsync(new SubscriptionQuery { PageSize = 200, Cursor = (await Subscriptions.ListAsync(new SubscriptionQuery { PageSize = 1 }, Cancel)).NextCursor }, Cancel))
            .NextCursor.Should().BeNull("a last page that is just full has no next one");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("99999999999999999999999")]
    [InlineData("1; DROP TABLE x")]
    public async Task A_cursor_that_nobody_gave_starts_from_the_oldest(string cursor)
    {
        await AddAsync("s1");

        (await ListAsync(new SubscriptionQuery { Cursor = cursor })).Should().Equal("s1");
    }
}

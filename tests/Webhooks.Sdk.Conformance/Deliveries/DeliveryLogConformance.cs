using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class DeliveryLogConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task A_delivery_shows_whose_it_is_and_when_it_happened()
    {
        var @event = await PublishAsync("s1");

        var delivery = (await ListAsync(new DeliveryQuery())).Should().ContainSingle().Subject;

        delivery.Id.Should().Be(IdOf(@event, "s1"));
        delivery.EventId.Should().Be(@event.Id);
        delivery.EventType.Should().Be(@event.Type);
        delivery.TenantId.Should().Be(@event.TenantId);
        delivery.SubscriptionId.Should().Be("s1");
        delivery.CreatedAt.Should().Be(@event.CreatedAt);
        delivery.State.Should().Be(DeliveryState.Pending);
        delivery.Attempts.Should().Be(0);
        delivery.DueAt.Should().NotBeNull();
        delivery.CompletedAt.Should().BeNull();
    }

    [Fact]
    public async Task Each_filter_filters_in_every_state()
    {
        var delivered = await DeliverOneAsync("s1");
        var failed = await FailOneAsync("s2");
        var pending = await PublishAsync("s3");
        await EnqueueAsync(To(Sample.Event(tenant: "somebody-else"), "s4"));

        (await ListAsync(new DeliveryQuery())).Should().HaveCount(4);
        (await ListAsync(new DeliveryQuery { TenantId = Sample.Tenant })).Should().HaveCount(3);
        (await ListAsync(new DeliveryQuery { State = DeliveryState.Delivered })).Should().ContainSingle().Which.EventId.Should().Be(delivered.Id);
        (await ListAsync(new DeliveryQuery { State = DeliveryState.Failed })).Should().ContainSingle().Which.EventId.Should().Be(failed.Id);
        (await ListAsync(new DeliveryQuery { State = DeliveryState.Pending, TenantId = Sample.Tenant })).Should().ContainSingle().Which.EventId.Should().Be(pending.Id);
        foreach (var (@event, subscription) in new[] { (delivered, "s1"), (failed, "s2"), (pending, "s3") })
        {
            (await ListAsync(new DeliveryQuery { SubscriptionId = subscription })).Should().ContainSingle().Which.EventId.Should().Be(@event.Id);
            (await ListAsync(new DeliveryQuery { EventId = @event.Id })).Should().ContainSingle().Which.SubscriptionId.Should().Be(subscription);
            (await ListAsync(new DeliveryQuery { DeliveryId = IdOf(@event, subscription) })).Should().ContainSingle();
            (await ListAsync(new DeliveryQuery { DeliveryId = IdOf(@event, subscription), TenantId = "somebody-else" })).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_over_all_states()
    {
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await DeliverOneAsync("s1")).Id);
            ids.Add((await FailOneAsync("s1")).Id);
            ids.Add((await PublishAsync("s1")).Id);
            await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromHours(1)));
        }

        ids.Reverse();
        (await ReadAllAsync(pageSize: 5)).Should().Equal(ids);
        (await ReadAllAsync(pageSize: 1)).Should().Equal(ids);
        (await ReadAllAsync(pageSize: 12)).Should().Equal(ids, "a last page that is just full has no next one");
    }

    [Fact]
    public async Task What_is_published_meanwhile_does_not_move_the_pages()
    {
        var ids = (await PublishManyAsync(6, "s1")).ConvertAll(e => e.Id);
        var first = await Deliveries.ListAsync(new DeliveryQuery { PageSize = 3 }, Cancel);

        await PublishManyAsync(3, "s1");
        var second = await Deliveries.ListAsync(new DeliveryQuery { PageSize = 3, Cursor = first.NextCursor }, Cancel);

        ids.Reverse();
        first.Items.Concat(second.Items).Select(d => d.EventId).Should().Equal(ids);
        second.NextCursor.Should().BeNull();
    }

    [Fact]
    public async Task A_page_has_1_to_200_rows_whatever_is_asked_for()
    {
        await PublishManyAsync(201, "s1");

        (await ListAsync(new DeliveryQuery { PageSize = 0 })).Should().HaveCount(1);
        (await ListAsync(new DeliveryQuery { PageSize = -5 })).Should().HaveCount(1);
        (await ListAsync(new DeliveryQuery { PageSize = 2_000_000_000 })).Should().HaveCount(200);
        foreach (var claim in await ClaimAllAsync(max: 300, perSubscription: 300))
        {
            await RecordAsync(claim, Delivered);
        }

        (await AttemptsAsync(new DeliveryQuery { PageSize = 0 })).Should().HaveCount(1);
        (await AttemptsAsync(new DeliveryQuery { PageSize = int.MaxValue })).Should().HaveCount(200);
        (await ListAsync(new DeliveryQuery { PageSize = int.MaxValue })).Should().HaveCount(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    [InlineData("1; DROP TABLE x")]
    public async Task A_cursor_that_nobody_gave_starts_from_the_newest(string cursor)
    {
        await DeliverOneAsync("s1");

        (await ListAsync(new DeliveryQuery { Cursor = cursor })).Should().ContainSingle();
        (await AttemptsAsync(new DeliveryQuery { Cursor = cursor })).Should().ContainSingle();
    }

    private async ValueTask<List<string>> ReadAllAsync(int pageSize)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Deliveries.ListAsync(new DeliveryQuery { PageSize = pageSize, Cursor = cursor }, Cancel);
            page.Items.Should().NotBeEmpty();
            ids.AddRange(page.Items.Select(d => d.EventId));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return ids;
    }
}

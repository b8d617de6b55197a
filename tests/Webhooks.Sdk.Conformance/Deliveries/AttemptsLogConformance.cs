using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class AttemptsLogConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task Every_attempt_leaves_a_line_newest_first()
    {
        var @event = await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromSeconds(7)), Sample.NoAnswer(Fixture.UtcNow));
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(7));
        await RecordAsync(await ClaimOneAsync(), Delivered);

        var lines = await AttemptsAsync(new DeliveryQuery { EventId = @event.Id });

        lines.Select(l => (l.Number, l.Outcome, l.RetryDelay, l.IsTest)).Should().Equal(
            (2, DeliveryState.Delivered, null, false),
            (1, DeliveryState.Pending, TimeSpan.FromSeconds(7), false));
        lines.Should().AllSatisfy(l =>
        {
            l.DeliveryId.Should().Be(IdOf(@event, "s1"));
            l.EventId.Should().Be(@event.Id);
            l.EventType.Should().Be(@event.Type);
            l.TenantId.Should().Be(@event.TenantId);
            l.SubscriptionId.Should().Be("s1");
        });
    }

    [Fact]
    public async Task What_the_endpoint_answered_comes_back_as_it_was()
    {
        await PublishAsync("s1", "s2");
        var (answered, silent) = (Sample.ServerError(), Sample.NoAnswer());
        var claims = (await ClaimAsync()).ToDictionary(c => c.SubscriptionId);
        await RecordAsync(claims["s1"], RetryIn(TimeSpan.FromSeconds(1)), answered);
        await RecordAsync(claims["s2"], GivenUp(), silent);

        var first = (await AttemptsAsync(new DeliveryQuery { SubscriptionId = "s1" })).Should().ContainSingle().Subject;
        var second = (await AttemptsAsync(new DeliveryQuery { SubscriptionId = "s2" })).Should().ContainSingle().Subject;

        first.Result.Should().BeEquivalentTo(answered, o => o.Excluding(r => r.ResponseBody));
        first.Result.ResponseBody.ToArray().Should().Equal(answered.ResponseBody.ToArray());
        second.Result.Should().BeEquivalentTo(silent, o => o.Excluding(r => r.ResponseBody));
        second.Result.ResponseBody.Length.Should().Be(0);
        second.Outcome.Should().Be(DeliveryState.Failed);
    }

    [Fact]
    public async Task A_body_of_any_bytes_comes_back()
    {
        byte[] body = [.. Enumerable.Range(0, 4096).Select(i => (byte)i)];
        await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), GivenUp(), new AttemptResult { StartedAt = Sample.Time, StatusCode = 500, ResponseBody = body, ResponseHeaders = "x: \u00e9 <script>' \"" });

        var line = (await AttemptsAsync(new DeliveryQuery())).Should().ContainSingle().Subject;

        line.Result.ResponseBody.ToArray().Should().Equal(body);
        line.Result.ResponseHeaders.Should().Be("x: \u00e9 <script>' \"");
    }

    [Fact]
    public async Task A_test_is_logged_and_nothing_else()
    {
        var test = new DeliveryAttemptRecord
        {
            DeliveryId = Guid.NewGuid(),
            EventId = "evt_test",
            EventType = "test",
            TenantId = Sample.Tenant,
            SubscriptionId = "s1",
            Number = 1,
            Result = Sample.Ok(),
            Outcome = DeliveryState.Delivered,
            IsTest = true,
        };

        await Deliveries.LogAsync(test, Cancel);

        (await AttemptsAsync(new DeliveryQuery { SubscriptionId = "s1" })).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(test, o => o.Excluding(t => t.Result.ResponseBody));
        (await AttemptsAsync(new DeliveryQuery { DeliveryId = test.DeliveryId })).Should().ContainSingle();
        (await ListAsync(new DeliveryQuery())).Should().BeEmpty("a test is no delivery");
        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Each_filter_filters()
    {
        var first = await DeliverOneAsync("s1");
        await DeliverOneAsync("s2");
        await EnqueueAsync(To(Sample.Event(tenant: "somebody-else"), "s3"));
        await RecordAsync(await ClaimOneAsync(), Delivered);

        (await AttemptsAsync(new DeliveryQuery())).Should().HaveCount(3);
        (await AttemptsAsync(new DeliveryQuery { TenantId = Sample.Tenant })).Should().HaveCount(2);
        (await AttemptsAsync(new DeliveryQuery { SubscriptionId = "s2" })).Should().ContainSingle().Which.SubscriptionId.Should().Be("s2");
        (await AttemptsAsync(new DeliveryQuery { EventId = first.Id })).Should().ContainSingle().Which.EventId.Should().Be(first.Id);
        (await AttemptsAsync(new DeliveryQuery { DeliveryId = IdOf(first, "s1") })).Should().ContainSingle();
        (await AttemptsAsync(new DeliveryQuery { TenantId = "somebody-else", SubscriptionId = "s1" })).Should().BeEmpty("filters add up");
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest_and_new_lines_do_not_move_them()
    {
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await DeliverOneAsync("s1")).Id);
        }

        var first = await Deliveries.ListAttemptsAsync(new DeliveryQuery { PageSize = 3 }, Cancel);
        await DeliverOneAsync("s1");
        var second = await Deliveries.ListAttemptsAsync(new DeliveryQuery { PageSize = 3, Cursor = first.NextCursor }, Cancel);
        var third = await Deliveries.ListAttemptsAsync(new DeliveryQuery { PageSize = 3, Cursor = second.NextCursor }, Cancel);

        ids.Reverse();
        first.Items.Concat(second.Items).Concat(third.Items).Select(l => l.EventId).Should().Equal(ids);
        third.NextCursor.Should().BeNull();
    }
}

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class FifoConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task Only_the_oldest_is_given_and_only_one_at_a_time()
    {
        var first = await PublishFifoAsync("fifo");
        var second = await PublishFifoAsync("fifo");
        await PublishFifoAsync("fifo");

        var claim = await ClaimOneAsync();
        claim.Event.Id.Should().Be(first.Id);
        (await ClaimAsync()).Should().BeEmpty("one is leased");
        await RecordAsync(claim, Delivered);

        (await ClaimOneAsync()).Event.Id.Should().Be(second.Id);
    }

    [Fact]
    public async Task A_head_that_waits_for_its_retry_holds_up_those_behind_it()
    {
        var first = await PublishFifoAsync("fifo");
        var second = await PublishFifoAsync("fifo");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromMinutes(5)));
        await PublishFifoAsync("fifo");

        (await ClaimAsync()).Should().BeEmpty("the head is not due");
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(5));
        var retried = await ClaimOneAsync();
        retried.Event.Id.Should().Be(first.Id);
        retried.Attempts.Should().Be(1);
        await RecordAsync(retried, Delivered);

        (await ClaimOneAsync()).Event.Id.Should().Be(second.Id);
    }

    [Fact]
    public async Task A_head_that_is_given_up_lets_the_next_one_go()
    {
        await PublishFifoAsync("fifo");
        var second = await PublishFifoAsync("fifo");

        await RecordAsync(await ClaimOneAsync(), GivenUp());

        (await ClaimOneAsync()).Event.Id.Should().Be(second.Id);
    }

    [Fact]
    public async Task A_head_that_is_released_stays_the_head()
    {
        var first = await PublishFifoAsync("fifo");
        await PublishFifoAsync("fifo");

        await RecordAsync(await ClaimOneAsync(), Released(TimeSpan.FromSeconds(10)));
        (await ClaimAsync()).Should().BeEmpty();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(10));

        (await ClaimOneAsync()).Event.Id.Should().Be(first.Id);
    }

    [Fact]
    public async Task A_head_whose_lease_ends_stays_the_head()
    {
        var first = await PublishFifoAsync("fifo");
        await PublishFifoAsync("fifo");
        await ClaimOneAsync();

        await Fixture.AdvanceAsync(Lease);

        (await ClaimOneAsync()).Event.Id.Should().Be(first.Id);
        (await ClaimAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Fifo_subscriptions_do_not_hold_up_one_another_or_the_unordered()
    {
        await PublishFifoAsync("f1");
        await PublishFifoAsync("f1");
        await PublishFifoAsync("f2");
        await PublishFifoAsync("f2");
        await PublishManyAsync(3, "unordered");

        var claims = await ClaimAsync();

        claims.Select(c => c.SubscriptionId).Should().BeEquivalentTo("f1", "f2", "unordered", "unordered", "unordered");
    }

    [Fact]
    public async Task Many_claimers_at_once_keep_the_order()
    {
        var published = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            published.Add((await PublishFifoAsync("fifo")).Id);
        }

        var delivered = new List<string>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(WorkAsync, Cancel))).WaitAsync(Soon * 3, Cancel);

        delivered.Should().Equal(published);

        async Task WorkAsync()
        {
            while (!IsOver())
            {
                var claims = await ClaimAsync();
                lock (delivered)
                {
                    delivered.AddRange(claims.Select(c => c.Event.Id));
                }

                if (claims.Count > 0)
                {
                    await RecordAsync(claims.Should().ContainSingle().Subject, Delivered);
                }

                await Task.Yield();
            }
        }

        bool IsOver()
        {
            lock (delivered)
            {
                return delivered.Count >= published.Count || Cancel.IsCancellationRequested;
            }
        }
    }

    [Fact]
    public async Task What_is_resent_is_still_one_at_a_time()
    {
        var failed = await PublishFifoAsync("fifo");
        await RecordAsync(await ClaimOneAsync(), GivenUp());
        var delivered = await PublishFifoAsync("fifo");
        await RecordAsync(await ClaimOneAsync(), Delivered);

        await Deliveries.ResendAsync(IdOf(failed, "fifo"), Cancel);
        await Deliveries.ResendAsync(IdOf(delivered, "fifo"), Cancel);

        var first = await ClaimOneAsync();
        (await ClaimAsync()).Should().BeEmpty();
        await RecordAsync(first, Delivered);
        var second = await ClaimOneAsync();
        new[] { first.Event.Id, second.Event.Id }.Should().BeEquivalentTo(failed.Id, delivered.Id);
    }
}

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class WaitConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(12);

    [Fact]
    public async Task New_work_ends_the_wait()
    {
        var wait = await StartWaitAsync();

        await PublishAsync("s1");

        await EndsAsync(wait);
        await ClaimOneAsync();
    }

    [Fact]
    public async Task Work_that_came_before_the_wait_is_not_slept_over()
    {
        (await ClaimAsync()).Should().BeEmpty();
        await PublishAsync("s1");

        await EndsAsync(Deliveries.WaitAsync(Long, Cancel).AsTask());
    }

    [Fact]
    public async Task A_retry_that_becomes_due_ends_the_wait()
    {
        await PublishAsync("s1");
        await RecordAsync(await ClaimOneAsync(), RetryIn(TimeSpan.FromMilliseconds(500)));
        var wait = await StartWaitAsync();

        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(500));

        await EndsAsync(wait);
        await ClaimUntilOneComesAsync();
    }

    [Fact]
    public async Task A_retry_that_is_recorded_during_the_wait_ends_it_when_it_becomes_due()
    {
        await PublishAsync("s1");
        var claim = await ClaimOneAsync();
        var wait = await StartWaitAsync();
        await RecordAsync(claim, RetryIn(TimeSpan.FromMilliseconds(500)));

        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(500));

        await EndsAsync(wait);
        await ClaimUntilOneComesAsync();
    }

    [Fact]
    public async Task A_lease_that_ends_ends_the_wait()
    {
        await PublishAsync("s1");
        await ClaimAsync(lease: TimeSpan.FromMilliseconds(500));
        var wait = await StartWaitAsync();

        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(500));

        await EndsAsync(wait);
        await ClaimUntilOneComesAsync();
    }

    [Fact]
    public async Task A_resend_ends_the_wait()
    {
        var @event = await FailOneAsync("s1");
        var wait = await StartWaitAsync();

        await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel);

        await EndsAsync(wait);
    }

    [Fact]
    public async Task The_end_of_a_fifo_head_ends_the_wait_for_the_next()
    {
        await PublishFifoAsync("fifo");
        var next = await PublishFifoAsync("fifo");
        var head = await ClaimOneAsync();
        var wait = await StartWaitAsync();

        await RecordAsync(head, Delivered);

        await EndsAsync(wait);
        (await ClaimOneAsync()).Event.Id.Should().Be(next.Id);
    }

    [Fact]
    public async Task The_timeout_ends_the_wait()
    {
        var wait = Deliveries.WaitAsync(TimeSpan.FromMilliseconds(200), Cancel).AsTask();

        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(200));

        await EndsAsync(wait);
    }

    [Fact]
    public async Task A_cancelled_wait_ends_at_once()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var wait = Deliveries.WaitAsync(Long, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await ((Func<Task>)(() => EndsAsync(wait))).Should().ThrowAsync<OperationCanceledException>();
    }

    // The worker's order: claim, and wait when there was nothing. A wait may end early and for nothing, so it is begun until one lasts.
    private async Task<Task> StartWaitAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            (await ClaimAsync()).Should().BeEmpty();
            var wait = Deliveries.WaitAsync(Long, Cancel).AsTask();
            if (!wait.IsCompleted)
            {
                return wait;
            }
        }

        throw new InvalidOperationException("The wait ended three times in a row though nothing had become claimable: a worker would spin.");
    }

    private static Task EndsAsync(Task wait) => wait.WaitAsync(Soon, Cancel);

    // A wait that ended early for nothing is allowed: the worker then claims and waits again.
    private async Task ClaimUntilOneComesAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            if ((await ClaimAsync()).Count == 1)
            {
                return;
            }

            await EndsAsync(Deliveries.WaitAsync(TimeSpan.FromSeconds(1), Cancel).AsTask());
        }

        throw new InvalidOperationException("The delivery became due, the wait ended, and it could not be claimed.");
    }
}

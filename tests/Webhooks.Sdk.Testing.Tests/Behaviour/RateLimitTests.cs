using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class RateLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, new[] { 0, 0, 0.5, 1, 1.5, 2, 2.5, 3 })]
    [InlineData(0.5, new double[] { 0, 2, 4, 6, 8, 10, 12, 14 })]
    [InlineData(4, new[] { 0, 0, 0, 0, 0.25, 0.5, 0.75, 1 })]
    public async Task Attempts_are_spaced_and_a_second_s_worth_may_go_at_once(double perSecond, double[] seconds)
    {
        await using var harness = await StartAsync(perSecond);

        await harness.PublishManyAsync(8);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(seconds);
        harness.Delivered.Should().HaveCount(8).And.OnlyContain(d => d.Attempts == 1, "waiting for one's turn is not an attempt");
    }

    [Fact]
    public async Task A_long_queue_keeps_to_the_limit()
    {
        await using var harness = await StartAsync(10);

        await harness.PublishManyAsync(200);
        await harness.RunUntilIdleAsync(Cancel);

        var arrivals = harness.Arrivals().ToList();
        arrivals.Should().HaveCount(200).And.BeInAscendingOrder();
        arrivals[^1].Should().Be(19);
        arrivals.GroupBy(Math.Floor).Skip(1).Should().OnlyContain(second => second.Count() <= 10);
    }

    [Fact]
    public async Task A_limited_endpoint_does_not_slow_down_another()
    {
        await using var harness = await StartAsync(1);
        await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.UrlFor("/free") }, Cancel);

        await harness.PublishManyAsync(20);
        await harness.SettleAsync(Cancel);

        harness.Receiver.Requests.Count(r => r.Path == "/free").Should().Be(20);
        harness.Receiver.Requests.Count(r => r.Path == "/limited").Should().Be(1);
    }

    [Fact]
    public async Task Fifo_with_a_limit_is_both()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.Url, MaxPerSecond = 1, Ordering = DeliveryOrdering.Fifo }, Cancel);
        harness.Receiver.Answer(200).Then(500).Then(200);

        await harness.PublishManyAsync(4);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 1, 6, 7, 8);
        harness.Receiver.Requests.Select(r => r.Header("webhook-id")).Should().Equal("e1", "e2", "e2", "e3", "e4");
    }

    [Fact]
    public async Task A_new_limit_holds_for_what_waits_already()
    {
        await using var harness = await StartAsync(0.01);
        await harness.PublishManyAsync(5);
        await harness.SettleAsync(Cancel);
        harness.Receiver.Requests.Should().ContainSingle();

        var id = (await harness.Subscriptions.ListAsync(new(), Cancel)).Items[0].Id;
        await harness.Subscriptions.UpdateAsync(id, new() { MaxPerSecond = 0 }, Cancel);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(100), Cancel);

        harness.Delivered.Should().HaveCount(5);
    }

    private static async Task<WebhookHarness> StartAsync(double perSecond)
    {
        var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.UrlFor("/limited"), MaxPerSecond = perSecond }, Cancel);
        return harness;
    }
}

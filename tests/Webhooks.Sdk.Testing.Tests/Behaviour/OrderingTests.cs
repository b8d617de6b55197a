using System.Globalization;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class OrderingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifo_keeps_the_order_of_publication_while_one_is_retried()
    {
        await using var harness = await StartFifoAsync();
        harness.Receiver.Answer(200).Then(500, times: 2).Then(200);

        await harness.PublishManyAsync(5);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Receiver.Requests.Select(r => r.Header("webhook-id")).Should().Equal("e1", "e2", "e2", "e2", "e3", "e4", "e5");
        harness.Arrivals().Should().Equal(0, 0, 5, 305, 305, 305, 305);
    }

    [Fact]
    public async Task Fifo_goes_on_behind_one_that_has_failed_for_good()
    {
        await using var harness = await StartFifoAsync();
        harness.Receiver.Answer(500, times: 10).Then(200);

        await harness.PublishManyAsync(2);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveFailed("e1", FailureReason.Exhausted);
        harness.ShouldHaveDelivered("e2", times: 1);
        harness.Receiver.Requests.Should().HaveCount(11);
        harness.Arrivals().Last().Should().Be(272_105);
    }

    [Fact]
    public async Task Fifo_sends_one_at_a_time()
    {
        await using var harness = await StartFifoAsync();
        harness.Receiver.Answer(WebhookAnswer.Ok.After(TimeSpan.FromSeconds(2)));

        await harness.PublishManyAsync(4);
        await harness.SettleAsync(Cancel);
        harness.Receiver.Held.Should().Be(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 2, 4, 6);
        harness.Delivered.Select(d => d.EventId).Should().Equal("e1", "e2", "e3", "e4");
    }

    [Fact]
    public async Task Unordered_holds_up_nobody()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        harness.Receiver.Answer(r => r.Header("webhook-id") == "e1" && r.ReceivedAt == new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) ? 500 : 200);

        await harness.PublishManyAsync(5);
        await harness.SettleAsync(Cancel);
        harness.Delivered.Select(d => d.EventId).Should().BeEquivalentTo("e2", "e3", "e4", "e5");
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveDelivered("e1", times: 1)[0].CompletedAt.Should().Be(new DateTimeOffset(2026, 1, 1, 0, 0, 5, TimeSpan.Zero));
    }

    [Fact]
    public async Task Two_fifo_endpoints_do_not_wait_for_each_other()
    {
        await using var harness = await StartFifoAsync();
        await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.UrlFor("/good"), Ordering = DeliveryOrdering.Fifo }, Cancel);
        harness.Receiver.Answer(500);
        harness.Receiver.On("/good").Answer(200);

        await harness.PublishManyAsync(20);
        await harness.SettleAsync(Cancel);

        var good = harness.Receiver.Requests.Where(r => r.Path == "/good").Select(r => r.Header("webhook-id"));
        good.Should().Equal(Enumerable.Range(1, 20).Select(i => "e" + i.ToString(CultureInfo.InvariantCulture)));
        harness.Receiver.Requests.Count(r => r.Path == "/").Should().Be(1);
    }

    private static async Task<WebhookHarness> StartFifoAsync()
    {
        var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.Url, Ordering = DeliveryOrdering.Fifo }, Cancel);
        return harness;
    }
}

using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class CircuitBreakerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_circuit_defers_without_charging_an_attempt()
    {
        await using var harness = await StartAsync();
        harness.Receiver.Answer(500, times: 4).Then(200);

        // Four failures open the circuit for 30 s; the retries are due after 5 s, and are put off to the end of the break.
        await harness.PublishManyAsync(4);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 0, 0, 0, 30, 30, 30, 30);
        harness.Attempts.Select(a => a.Number).Should().Equal(1, 1, 1, 1, 2, 2, 2, 2);
        harness.Delivered.Should().HaveCount(4).And.OnlyContain(d => d.Attempts == 2);
    }

    [Fact]
    public async Task After_the_break_one_attempt_probes_and_the_others_wait_for_it()
    {
        await using var harness = await StartAsync();
        harness.Receiver.Answer(500, times: 4).Then(WebhookAnswer.Ok.After(TimeSpan.FromSeconds(3)));
        await harness.PublishManyAsync(4);

        await harness.AdvanceAsync(TimeSpan.FromSeconds(31), Cancel);
        harness.Receiver.Requests.Should().HaveCount(5, "only the probe may go");
        harness.Receiver.Held.Should().Be(1);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 0, 0, 0, 30, 33, 33, 33);
        harness.Delivered.Should().HaveCount(4);
    }

    [Fact]
    public async Task A_probe_that_fails_begins_another_break()
    {
        await using var harness = await StartAsync();
        harness.Receiver.Answer(500, times: 5).Then(200);

        await harness.PublishManyAsync(4);
        await harness.RunUntilIdleAsync(Cancel);

        // 30 s: the probe fails, its own next attempt is due 5 minutes later. 60 s: the next probe succeeds and lets the others go.
        harness.Arrivals().Should().Equal(0, 0, 0, 0, 30, 60, 60, 60, 330);
        harness.Delivered.Select(d => d.Attempts).Should().Equal(2, 2, 2, 3);
    }

    [Fact]
    public async Task A_probe_that_is_never_answered_times_out_and_begins_another_break()
    {
        await using var harness = await StartAsync();
        harness.Receiver.Answer(500, times: 4).Then(WebhookAnswer.Never).Then(200);

        await harness.PublishManyAsync(4);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal(0, 0, 0, 0, 30, 75, 75, 75, 345);
        harness.Delivered.Should().HaveCount(4);
    }

    [Fact]
    public async Task What_is_published_during_the_break_waits_for_its_end()
    {
        await using var harness = await StartAsync();
        harness.Receiver.Answer(500, times: 4).Then(200);
        await harness.PublishManyAsync(4);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(10), Cancel);

        var during = await harness.Publisher.PublishAsync(new() { Type = "review-created", Data = "{}" }, cancellationToken: Cancel);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(19.9), Cancel);
        harness.Receiver.Requests.Should().HaveCount(4);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveDelivered(during.EventId, times: 1)[0].Attempts.Should().Be(1);
        harness.Arrivals().Skip(4).Should().Equal(30, 30, 30, 30, 30);
    }

    [Fact]
    public async Task A_client_error_does_not_open_it()
    {
        await using var harness = await StartAsync();
        harness.Receiver.Answer(404, times: 8).Then(200);

        await harness.PublishManyAsync(8);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Arrivals().Should().Equal([.. Enumerable.Repeat(0d, 8), .. Enumerable.Repeat(5d, 8)]);
    }

    [Fact]
    public async Task Another_endpoint_has_a_circuit_of_its_own()
    {
        await using var harness = await StartAsync();
        await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.UrlFor("/good") }, Cancel);
        harness.Receiver.Answer(500);
        harness.Receiver.On("/good").Answer(200);

        await harness.PublishManyAsync(10);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(29), Cancel);

        harness.Receiver.Requests.Count(r => r.Path == "/good").Should().Be(10);
    }

    private static async Task<WebhookHarness> StartAsync()
    {
        var harness = await WebhookHarness.StartAsync(
            w => w.UseProfile(Exact.Profile).ConfigureDispatch(d => d.CircuitBreaker.MinimumThroughput = 4), cancellationToken: Cancel);
        await harness.SubscribeAsync();
        return harness;
    }
}

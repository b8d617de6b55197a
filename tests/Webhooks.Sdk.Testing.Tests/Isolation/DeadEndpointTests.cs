using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Testing.Receiving;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Isolation;

/// <summary>
/// One endpoint among a thousand holds every request for ever. The time stands still, so nothing of it ever times out: whatever the others get,
/// they get while it hangs.
/// </summary>
public sealed class DeadEndpointTests
{
    private const int Others = 999;
    private const int Backlog = 40;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_others_get_everything_while_it_hangs_and_it_never_holds_more_than_its_share()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await using var dead = await WebhookReceiver.StartAsync(new() { Time = harness.Time }, Cancel);
        dead.Answer(WebhookAnswer.Never);
        var deadId = (await harness.Subscriptions.CreateAsync(new() { Url = dead.Url }, Cancel)).Subscription.Id;
        for (var i = 0; i < Others; i++)
        {
            await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.UrlFor($"/{i}"), EventTypes = ["review-created"] }, Cancel);
        }

        var share = harness.Services.GetRequiredService<IOptions<DispatchOptions>>().Value.MaxConcurrencyPerEndpoint;
        share.Should().BeLessThan(Backlog, "it has more to get than it may hold");
        await harness.PublishManyAsync(Backlog, "for-the-dead-one");
        await dead.WaitForHeldAsync(share, cancellationToken: Cancel);

        foreach (var round in new[] { 1, 2 })
        {
            await harness.Publisher.PublishAsync(new() { Type = "review-created", Id = $"round-{round}", Data = "{}" }, cancellationToken: Cancel);
            await harness.Receiver.WaitForAsync(round * Others, TimeSpan.FromMinutes(2), Cancel);
            await harness.SettleAsync(Cancel);

            dead.Held.Should().Be(share);
        }

        dead.Requests.Should().HaveCount(share, "it has been sent nothing beyond its share");
        harness.Receiver.Requests.Select(r => r.Path).GroupBy(p => p).Should().HaveCount(Others).And.OnlyContain(g => g.Count() == 2);
        harness.Delivered.GroupBy(d => d.SubscriptionId).Should().HaveCount(Others).And.OnlyContain(g => g.Count() == 2 && g.Key != deadId);
        var backlog = await harness.Deliveries.GetBacklogAsync(Cancel);
        (backlog.Pending, backlog.Failed).Should().Be((Backlog + 2, 0), "all of the dead one's is still there, and nothing of anybody else's");
    }
}

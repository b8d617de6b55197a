using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;

#pragma warning disable xUnit1051 // The page leaves the test framework's cancellation token out: it is for any framework.

namespace Webhooks.Sdk.Testing.Tests.Docs;

/// <summary>The code of docs/retries.md, word for word, and run. <see cref="PagesTests"/> sees to it that it stays so.</summary>
public sealed class RetriesPage
{
    [Fact]
    public async Task A_policy_and_a_rule_of_ones_own_and_what_the_owner_does_after_the_repair()
    {
        await using var harness = await WebhookHarness.StartAsync(webhooks =>
        {
            webhooks.UseProfile(WebhookProfiles.Standard with
            {
                Name = "patient",
                RetryPolicy = WebhookRetryPolicy.Schedule(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)) with { Jitter = 0.1 },
                DisableRule = new DisableRule.AfterExhausted(2),
            });
        });
        await harness.SubscribeAsync();
        harness.Receiver.Answer(500);
        var first = await harness.PublishAsync("review-created", """{"id":1}""");
        await harness.RunUntilIdleAsync();
        harness.Suspended.Should().BeEmpty("one exhausted delivery is not two");
        var second = await harness.PublishAsync("review-created", """{"id":2}""");
        await harness.RunUntilIdleAsync();

        var suspended = harness.Suspended.Should().ContainSingle().Subject;
        var (subscriptions, deliveries, id) = (harness.Subscriptions, harness.Deliveries, suspended.Id);
        harness.Receiver.Answer(200);
        await subscriptions.EnableAsync(id);
        var count = await deliveries.RecoverAsync(id, since: suspended.StateChangedAt - TimeSpan.FromDays(1));
        await harness.RunUntilIdleAsync();

        count.Should().Be(2);
        harness.ShouldHaveDelivered(first.EventId, times: 1);
        harness.ShouldHaveDelivered(second.EventId, times: 1);
        (await subscriptions.GetAsync(id)).State.Should().Be(SubscriptionState.Enabled);
    }
}

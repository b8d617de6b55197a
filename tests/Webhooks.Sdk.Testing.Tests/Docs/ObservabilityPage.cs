using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

#pragma warning disable xUnit1051 // The page leaves the test framework's cancellation token out: it is for any framework.

namespace Webhooks.Sdk.Testing.Tests.Docs;

/// <summary>The code of docs/observability.md, word for word, and run. <see cref="PagesTests"/> sees to it that it stays so.</summary>
public sealed class ObservabilityPage
{
    [Fact]
    public async Task An_observer_tells_the_owner()
    {
        var mailbox = new Mailbox();
        await using var harness = await WebhookHarness.StartAsync(webhooks =>
        {
            webhooks.Services.AddSingleton(mailbox);
            webhooks.AddObserver<TellTheOwner>();
        });
        await harness.SubscribeAsync();
        harness.Receiver.Answer(410);

        await harness.PublishAsync("review-created", "{}");
        await harness.RunUntilIdleAsync();

        mailbox.Sent.Should().Equal("default: The endpoint answered 410 Gone.");
    }

    private sealed class TellTheOwner(Mailbox mailbox) : IWebhookObserver
    {
        public ValueTask OnSuspendedAsync(WebhookSubscription subscription) => mailbox.SendAsync(subscription.TenantId, subscription.StateReason);
    }

    private sealed class Mailbox
    {
        public readonly List<string> Sent = [];

        public ValueTask SendAsync(string tenant, string? text)
        {
            Sent.Add($"{tenant}: {text}");
            return ValueTask.CompletedTask;
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Retries;

#pragma warning disable xUnit1051 // The page leaves the test framework's cancellation token out: it is for any framework.

namespace Webhooks.Sdk.Testing.Tests.Docs;

/// <summary>The code of docs/profiles.md, word for word, and run. <see cref="PagesTests"/> sees to it that it stays so.</summary>
public sealed class ProfilesPage
{
    [Fact]
    public async Task A_profile_of_ones_own_is_the_default_and_a_preset_can_be_replaced()
    {
        await using var harness = await WebhookHarness.StartAsync(webhooks =>
        {
            webhooks.UseProfile(WebhookProfiles.Standard with
            {
                Name = "ours",
                Timeout = TimeSpan.FromSeconds(5),
                RetryPolicy = WebhookRetryPolicy.Exponential(first: TimeSpan.FromSeconds(10), factor: 3, longest: TimeSpan.FromHours(6), attempts: 8) with { Jitter = 0.2 },
                DisableRule = new DisableRule.AfterExhausted(3),
            });
            webhooks.AddProfile(WebhookProfiles.CloudEventsWith("https://example.com/reviews"));   // replaces the preset of that name
        });
        var profiles = harness.Services.GetRequiredService<WebhookProfileCatalogue>();
        profiles.Default.RetryPolicy.Delays.Should().HaveCount(7).And.StartWith(TimeSpan.FromSeconds(10)).And.EndWith(TimeSpan.FromSeconds(7290));
        await harness.SubscribeAsync();
        await harness.SubscribeAsync(profiles.Get("cloudevents"));

        await harness.PublishAsync("review-created", "{}");
        await harness.RunUntilIdleAsync();

        harness.Receiver.Requests.Should().ContainSingle(r => r.Header("Content-Type") == "application/cloudevents+json")
            .Which.Text.Should().Contain("\"source\":\"https://example.com/reviews\"");
    }
}

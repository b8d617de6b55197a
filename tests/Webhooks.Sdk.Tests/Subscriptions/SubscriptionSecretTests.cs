using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Subscriptions;

public sealed class SubscriptionSecretTests
{
    private const string Secret = "whsec_hunter2";

    private static readonly SubscriptionSecret Stored = new(Secret, Sample.Time, Sample.Time.AddHours(24));

    [Fact]
    public void It_signs_until_it_expires()
    {
        Stored.IsActive(Sample.Time.AddHours(24).AddTicks(-1)).Should().BeTrue();
        Stored.IsActive(Sample.Time.AddHours(24)).Should().BeFalse();
        (Stored with { ExpiresAt = null }).IsActive(DateTimeOffset.MaxValue).Should().BeTrue();
    }

    [Fact]
    public void Nothing_that_holds_a_secret_prints_it()
    {
        var subscription = new WebhookSubscription
        {
            Id = "a",
            Url = "https://example.com/?token=hunter2",
            Profile = "standard",
            Secrets = [Stored],
            Headers = new Dictionary<string, string> { ["Authorization"] = "hunter2" },
        };
        object[] holders =
        [
            Stored, subscription, new SubscriptionWithSecret(subscription, Secret), new NewSubscription { Url = "https://example.com/", Secret = Secret },
            new Page<WebhookSubscription>([subscription], null),
        ];

        foreach (var holder in holders)
        {
            $"{holder}".Should().NotBeEmpty().And.NotContain("hunter2");
        }
    }
}

using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Conformance.Subscriptions;

public abstract class RoundTripConformance<TFixture> : SubscriptionConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    private static readonly WebhookSubscription Full = new()
    {
        Id = "Abo 'ß' 😀",
        TenantId = "Mieter \"ü\"",
        Name = "Küche; DROP TABLE subscriptions --",
        Description = "line one\nline two\t<script>alert('😀')</script>",
        Url = "https://xn--strae-oqa.de/hooks?token=a%20b&c=d",
        EventTypes = ["review.*", "quota.exceeded"],
        Profile = "reviewsense",
        Secrets =
        [
            new SubscriptionSecret("whsec_newest", Time.AddDays(2)),
            new SubscriptionSecret("v1:gcm:Zm9vYmFy+/==", Time.AddDays(1), Time.AddDays(3)),
            new SubscriptionSecret("whsec_oldest", Time, Time.AddDays(2).AddMilliseconds(1)),
        ],
        Headers = new Dictionary<string, string> { ["X-Api-Key"] = "a,b;c=\"d\\e\"", ["x-empty"] = "" },
        MaxPerSecond = 0.125,
        Ordering = DeliveryOrdering.Fifo,
        State = SubscriptionState.Suspended,
        StateReason = "410 Gone — für immer",
        StateChangedAt = Time.AddHours(1),
        Version = 7,
        CreatedAt = Time,
        UpdatedAt = Time.AddHours(2),
    };

    [Fact]
    public async Task Every_field_comes_back_as_it_was()
    {
        await Subscriptions.AddAsync(Full, null, Cancel);

        await EveryReadIsAsync(Full);
    }

    [Fact]
    public async Task Every_field_can_be_changed()
    {
        var before = await AddAsync(Full.Id, Full.TenantId);

        (await Subscriptions.UpdateAsync(Full with { Version = 2, Profile = before.Profile }, 1, Cancel)).Should().BeTrue();

        await EveryReadIsAsync(Full with { Version = 2, Profile = before.Profile });
    }

    [Fact]
    public async Task What_is_null_or_empty_stays_null_or_empty()
    {
        var bare = await AddAsync("bare");

        await EveryReadIsAsync(bare);
        var found = (await Subscriptions.FindAsync("bare", Cancel))!;
        found.Name.Should().BeNull();
        found.MaxPerSecond.Should().BeNull();
        found.StateReason.Should().BeNull();
        found.Filter.MatchesAll.Should().BeTrue();
    }

    private async ValueTask EveryReadIsAsync(WebhookSubscription expected)
    {
        (await Subscriptions.FindAsync(expected.Id, Cancel)).Should().BeEquivalentTo(expected, o => o.WithStrictOrdering().Excluding(s => s.Headers));
        var listed = (await Subscriptions.ListAsync(new SubscriptionQuery { TenantId = expected.TenantId }, Cancel)).Items.Should().ContainSingle().Subject;
        listed.Should().BeEquivalentTo(expected, o => o.WithStrictOrdering().Excluding(s => s.Headers));
        listed.Headers.Should().Equal(expected.Headers);
    }
}

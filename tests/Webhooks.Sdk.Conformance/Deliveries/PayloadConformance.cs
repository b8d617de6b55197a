using System.Text;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Conformance.Deliveries;

public abstract class PayloadConformance<TFixture> : DeliveryConformance<TFixture>
    where TFixture : StoreFixture, new()
{
    [Fact]
    public async Task Every_field_of_an_event_comes_back_as_it_was()
    {
        var @event = new WebhookEvent
        {
            Id = "evt_01JZÀ",
            Type = "review.created",
            TenantId = "Mieter 'ü\" 😀",
            TenantName = "Bäckerei \"Süß\" & Söhne; DROP TABLE x --",
            CreatedAt = Sample.Time,
            Data = Encoding.UTF8.GetBytes("""{"text":"é < > & ' + 😀 \u0001","n":1e-7}"""),
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            TargetCount = 1,
        };
        await EnqueueAsync(To(@event, "Abo 'ß' 🐘"));

        var claim = await ClaimOneAsync();

        claim.SubscriptionId.Should().Be("Abo 'ß' 🐘");
        claim.Event.Should().BeEquivalentTo(@event, o => o.Excluding(e => e.Data));
        claim.Event.Data.ToArray().Should().Equal(@event.Data.ToArray());
        var found = await Deliveries.FindEventAsync(@event.Id, Cancel);
        found.Should().BeEquivalentTo(@event, o => o.Excluding(e => e.Data));
        found!.Data.ToArray().Should().Equal(@event.Data.ToArray());
    }

    [Fact]
    public async Task A_payload_of_256_KB_comes_back_to_the_byte()
    {
        var data = $"\"{string.Concat(Enumerable.Range(0, 8192).Select(i => (char)('a' + (i % 26)) + "é😀" + i.ToString("X4", null) + "___________________"))}\"";
        data.Length.Should().BeGreaterThan(200_000);
        var @event = Sample.Event(data: data);
        await EnqueueAsync(To(@event, "s1", "s2"));

        var claims = await ClaimAsync();

        claims.Should().HaveCount(2).And.AllSatisfy(c => c.Event.Data.Span.SequenceEqual(@event.Data.Span).Should().BeTrue());
    }

    [Fact]
    public async Task The_body_and_the_ids_are_the_same_on_every_attempt()
    {
        await PublishAsync("s1");
        var first = await ClaimOneAsync();
        await RecordAsync(first, RetryIn(TimeSpan.FromSeconds(5)));
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(5));

        var second = await ClaimOneAsync();

        second.Id.Should().Be(first.Id);
        second.Event.Id.Should().Be(first.Event.Id);
        second.Event.CreatedAt.Should().Be(first.Event.CreatedAt);
        second.Event.Data.ToArray().Should().Equal(first.Event.Data.ToArray());
    }

    [Fact]
    public async Task The_name_of_the_subscription_is_the_one_at_publication_on_every_attempt()
    {
        var @event = Sample.Event();
        await EnqueueAsync(new(@event, [new DeliveryTarget("s1", SubscriptionName: "Küche 😀"), new DeliveryTarget("s2")]));
        var claims = (await ClaimAsync()).ToDictionary(c => c.SubscriptionId);
        claims["s1"].SubscriptionName.Should().Be("Küche 😀");
        claims["s2"].SubscriptionName.Should().BeNull();
        await RecordAsync(claims["s2"], Delivered);

        await RecordAsync(claims["s1"], RetryIn(TimeSpan.Zero));
        (await ClaimOneAsync()).SubscriptionName.Should().Be("Küche 😀", "it is the second attempt");

        await Fixture.AdvanceAsync(Lease);
        await RecordAsync(await ClaimOneAsync(), GivenUp());
        await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel);
        var resent = await ClaimOneAsync();
        resent.SubscriptionName.Should().Be("Küche 😀", "it failed and was resent");

        await RecordAsync(resent, Delivered);
        await Deliveries.ResendAsync(IdOf(@event, "s1"), Cancel);
        (await ClaimOneAsync()).SubscriptionName.Should().Be("Küche 😀", "it was delivered and is sent again");
    }

    [Fact]
    public async Task An_unknown_event_is_null() => (await Deliveries.FindEventAsync("evt_nobody", Cancel)).Should().BeNull();
}

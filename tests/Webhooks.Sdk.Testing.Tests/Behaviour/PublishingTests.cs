using System.Text.Json;
using System.Text.Json.Serialization;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class PublishingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record ReviewCreated(int Id, int Rating);

    [JsonConverter(typeof(CountingConverter))]
    private sealed class Counted
    {
        public int Serialised { get; set; }
    }

    private sealed class CountingConverter : JsonConverter<Counted>
    {
        public override Counted Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Counted value, JsonSerializerOptions options)
        {
            value.Serialised++;
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
    }

    [Fact]
    public async Task Every_form_of_publishing_arrives()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.AddEvent<ReviewCreated>("review-created", "A review."), cancellationToken: Cancel);
        await harness.SubscribeAsync();

        await harness.PublishAsync(new ReviewCreated(7, 5), cancellationToken: Cancel);
        await harness.PublishAsync("by-name", """{ "n": 1 }""", cancellationToken: Cancel);
        await harness.PublishAsync("by-name-and-data", EventData.From(new { N = 2 }), cancellationToken: Cancel);
        await harness.PublishAsync(new NewWebhookEvent { Type = "in-full", Id = "mine", Data = "{}" }, cancellationToken: Cancel);
        await harness.PublishManyAsync([new() { Type = "many", Data = "{}" }, new() { Type = "many", Data = "{}" }], cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Delivered.Should().HaveCount(6);
        var bodies = harness.Receiver.Requests.ToDictionary(r => r.Header("webhook-id")!, r => JsonDocument.Parse(r.Body).RootElement);
        DataOf(harness.ShouldHavePublished("review-created", times: 1)[0].EventId).Should().Be("""{"id":7,"rating":5}""");
        DataOf(harness.ShouldHavePublished("by-name")[0].EventId).Should().Be("""{"n":1}""");
        DataOf(harness.ShouldHavePublished("by-name-and-data")[0].EventId).Should().Be("""{"n":2}""");
        bodies["mine"].GetProperty("type").GetString().Should().Be("in-full");
        harness.ShouldHavePublished("many", times: 2);

        string DataOf(string eventId) => bodies[eventId].GetProperty("data").GetRawText();
    }

    [Fact]
    public async Task A_repeated_id_is_published_once()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        await harness.SubscribeAsync();
        var newEvent = new NewWebhookEvent { Type = "review-created", Id = "once", Data = """{"n":1}""" };

        var first = await harness.PublishAsync(newEvent, cancellationToken: Cancel);
        var again = await harness.PublishAsync(newEvent, cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);
        var later = await harness.PublishAsync(newEvent, cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        first.Outcome.Should().Be(PublishOutcome.Enqueued);
        again.Outcome.Should().Be(PublishOutcome.Duplicate);
        later.Outcome.Should().Be(PublishOutcome.Duplicate);
        harness.Receiver.Requests.Should().ContainSingle();
        harness.Published.Should().HaveCount(3);
    }

    [Fact]
    public async Task An_event_that_nobody_subscribes_to_is_not_even_serialised()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.AddEvent<Counted>("counted", "Counts."), cancellationToken: Cancel);
        await harness.SubscribeAsync("something-else");
        await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.Url, TenantId = "another" }, Cancel);
        var counted = new Counted();

        var result = await harness.PublishAsync(counted, cancellationToken: Cancel);

        result.Outcome.Should().Be(PublishOutcome.NoSubscriber);
        counted.Serialised.Should().Be(0);
        harness.ShouldHavePublished("counted", times: 1)[0].Event.Should().BeNull();
        (await harness.Deliveries.FindEventAsync(result.EventId, Cancel)).Should().BeNull();
        await harness.PublishAsync(counted, tenantId: "another", cancellationToken: Cancel);
        counted.Serialised.Should().Be(1);
    }

    [Fact]
    public async Task A_fan_out_to_a_thousand_is_serialised_and_rendered_once()
    {
        var envelope = new CountingEnvelope();
        var profile = WebhookProfiles.Standard with { Name = "counting", Envelope = envelope };
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(profile).AddEvent<Counted>("counted", "Counts."), cancellationToken: Cancel);
        for (var i = 0; i < 1000; i++)
        {
            await harness.Subscriptions.CreateAsync(new() { Url = harness.Receiver.UrlFor($"/{i}") }, Cancel);
        }

        var counted = new Counted();
        var result = await harness.PublishAsync(counted, cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        result.Deliveries.Should().Be(1000);
        harness.ShouldHaveDelivered(result.EventId, times: 1000);
        harness.Receiver.Requests.Select(r => r.Path).Distinct().Should().HaveCount(1000);
        counted.Serialised.Should().Be(1);
        envelope.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_body_that_names_the_subscription_is_rendered_for_each()
    {
        var envelope = new CountingEnvelope(isPerSubscription: true);
        var profile = WebhookProfiles.DialogForm with { Name = "counting", Envelope = envelope };
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(profile), cancellationToken: Cancel);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await harness.SubscribeAsync()).Subscription.Id);
        }

        await harness.PublishAsync("completed", "{}", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Receiver.Requests.Select(r => r.Text).Should().BeEquivalentTo(ids.Select(id => "{}" + id));
    }

    [Fact]
    public async Task An_event_goes_only_to_its_tenant_and_to_whom_its_type_interests()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        foreach (var (tenant, path, types) in ((string, string, string[])[])
            [("a", "/all", []), ("a", "/prefix", ["review.*"]), ("a", "/exact", ["review.created"]), ("a", "/other", ["message.sent"]), ("b", "/b", [])])
        {
            await harness.Subscriptions.CreateAsync(new() { TenantId = tenant, Url = harness.Receiver.UrlFor(path), EventTypes = types }, Cancel);
        }

        await harness.PublishAsync("review.created", "{}", tenantId: "a", cancellationToken: Cancel);
        await harness.PublishAsync("review.deleted", "{}", tenantId: "a", cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Receiver.Requests.Select(r => r.Path).Should().BeEquivalentTo("/all", "/prefix", "/exact", "/all", "/prefix");
    }
}

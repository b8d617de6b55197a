using Webhooks.Sdk.AspNetCore.Tests.Support;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.AspNetCore.Tests.Management;

public sealed class DeliveriesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_log_shows_what_came_back_and_when_the_next_attempt_is_due()
    {
        await using var host = await ApiHost.StartAsync();
        host.Receiver.On("/hook").Answer(WebhookAnswer.FromInt32(500).WithHeader("X-Why", "<script>").WithBody("<script>alert(1)</script>"));
        var id = (await host.SubscribeAsync())["id"]!.ToString();
        var @event = await host.PublishAsync();

        var deliveries = await host.GetAsync($"/deliveries?subscription={id}&event={@event}&state=pending");
        var delivery = await host.GetAsync($"/deliveries/{deliveries["items"][0]!["id"]}");

        deliveries["items"].AsArray().Should().ContainSingle();
        delivery["state"].ToString().Should().Be("pending");
        ((int)delivery["attempt_count"]).Should().Be(1);
        delivery["next_attempt_at"].ToString().Should().NotBeEmpty();
        var attempt = delivery["attempts"].AsArray().Should().ContainSingle().Subject!;
        attempt["status_code"]!.GetValue<int>().Should().Be(500);
        attempt["error"]!.ToString().Should().Be("none");
        attempt["outcome"]!.ToString().Should().Be("pending");
        attempt["response_body"]!.ToString().Should().Be("<script>alert(1)</script>");
        attempt["response_headers"]!.AsArray().Should().Contain(h => h!["name"]!.ToString() == "X-Why" && h["value"]!.ToString() == "<script>");
        attempt["next_attempt_at"]!.ToString().Should().NotBeEmpty();
        delivery.Text.Should().NotContain("<");
    }

    [Fact]
    public async Task Another_project_sees_nothing_of_it()
    {
        await using var host = await ApiHost.StartAsync();
        var id = (await host.SubscribeAsync())["id"]!.ToString();
        var @event = await host.PublishAsync();
        var delivery = (await host.GetAsync("/deliveries"))["items"][0]!["id"]!.ToString();

        foreach (var list in new[] { "/subscriptions", "/deliveries", $"/deliveries?subscription={id}", $"/deliveries?event={@event}", "/attempts", $"/attempts?delivery={delivery}" })
        {
            (await host.GetAsync(list))["items"].AsArray().Should().NotBeEmpty(list);
            (await host.GetAsync(list, ApiHost.OtherOwner))["items"].AsArray().Should().BeEmpty(list);
        }
    }

    [Fact]
    public async Task What_has_failed_is_listed_and_sent_again_once_the_endpoint_is_on()
    {
        await using var host = await ApiHost.StartAsync();
        host.Receiver.On("/hook").Answer(410).Then(200);
        var id = (await host.SubscribeAsync())["id"]!.ToString();
        await host.PublishAsync();
        var failed = (await host.GetAsync("/deliveries?state=failed"))["items"].AsArray().Should().ContainSingle().Subject!;

        (await host.PostAsync($"/deliveries/{failed["id"]}/resend")).ShouldBeProblem(409, "subscription_off");
        (await host.PostAsync($"/subscriptions/{id}/recover", """{"since":"2025-01-01T00:00:00Z"}""")).ShouldBeProblem(409, "subscription_off");
        await host.PostAsync($"/subscriptions/{id}/enable");
        var resent = await host.PostAsync($"/deliveries/{failed["id"]}/resend");
        await host.Probe.SettleAsync(Cancel);

        failed["failure_reason"]!.ToString().Should().Be("endpoint_gone");
        resent["outcome"].ToString().Should().Be("resent");
        (await host.GetAsync($"/deliveries/{failed["id"]}"))["state"].ToString().Should().Be("delivered");
    }

    [Fact]
    public async Task What_was_missed_since_a_time_is_recovered()
    {
        await using var host = await ApiHost.StartAsync();
        var off = (await host.SubscribeAsync("/off"))["id"]!.ToString();
        await host.SubscribeAsync("/on");
        await host.PostAsync($"/subscriptions/{off}/disable");
        await host.PublishAsync();
        await host.PublishAsync();
        await host.PostAsync($"/subscriptions/{off}/enable");

        var recovered = await host.PostAsync($"/subscriptions/{off}/recover", """{"since":"2025-12-31T00:00:00Z"}""");
        await host.Probe.SettleAsync(Cancel);

        ((int)recovered["enqueued"]).Should().Be(2);
        host.Receiver.Requests.Count(r => r.Path == "/off").Should().Be(2);
        ((int)(await host.PostAsync($"/subscriptions/{off}/recover", """{"since":"2025-12-31T00:00:00Z"}"""))["enqueued"]).Should().Be(0);
    }

    [Fact]
    public async Task An_event_is_shown_with_its_data()
    {
        await using var host = await ApiHost.StartAsync();
        await host.SubscribeAsync();
        var id = await host.PublishAsync("review-created", """{"id":7,"rating":5,"text":"</script>"}""");

        var read = await host.GetAsync($"/events/{id}");

        read["type"].ToString().Should().Be("review-created");
        read["data"]["text"]!.ToString().Should().Be("</script>");
        read.Text.Should().NotContain("<");
        (await host.GetAsync($"/events/{id}", ApiHost.OtherOwner)).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task Event_types_come_with_schema_and_example()
    {
        await using var host = await ApiHost.StartAsync();

        var types = (await host.GetAsync("/event-types"))["items"].AsArray();

        types.Select(t => t!["name"]!.ToString()).Should().Equal("messages.sent", "review-created");
        types[0]!["schema"].Should().BeNull("it was declared without a type");
        var review = types[1]!;
        review["example"]!["rating"]!.GetValue<int>().Should().Be(5);
        review["schema"]!["required"]!.AsArray().Select(n => n!.ToString()).Should().BeEquivalentTo("id", "rating");
        new SchemaCheck(review["schema"]!).Check(review["example"], review["schema"]!).Should().BeEmpty();
    }

    [Fact]
    public async Task A_schema_says_what_is_written_also_of_types_that_are_serialised_by_reflection()
    {
        await using var host = await ApiHost.StartAsync(w => w.AddEvent<Measured>("measured", "Numbers."));

        var schema = (await host.GetAsync("/event-types"))["items"].AsArray().Single(t => t!["name"]!.ToString() == "measured")!["schema"]!;

        schema["properties"]!["count"]!.ToJsonString().Should().Be("""{"type":"integer"}""");
        schema["properties"]!["share"]!.ToJsonString().Should().Be("""{"type":["number","null"]}""");
    }

    private sealed record Measured(int Count, double? Share);
}

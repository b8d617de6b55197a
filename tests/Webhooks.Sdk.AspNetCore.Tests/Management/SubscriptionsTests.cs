using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.AspNetCore.Tests.Support;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Tests.Management;

public sealed class SubscriptionsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_secret_is_in_the_answer_to_creation_and_in_no_other()
    {
        await using var host = await ApiHost.StartAsync();

        var created = await host.PostAsync("/subscriptions", $$"""{"url":"{{host.Receiver.Url}}","name":"Ours"}""");
        var secret = created["secret"].ToString();
        var id = created["id"].ToString();
        var read = await host.GetAsync($"/subscriptions/{id}");
        var listed = await host.GetAsync("/subscriptions");

        secret.Should().StartWith("whsec_");
        created.Headers["Cache-Control"].Should().Be("no-store");
        created.Headers["Location"].Should().Be($"/api/webhooks/subscriptions/{id}");
        read.Text.Should().NotContain(secret).And.NotContain("\"secret\"");
        listed.Text.Should().NotContain(secret);
        (await host.GetAsync(created.Headers["Location"][ApiHost.Prefix.Length..])).Text.Should().Be(read.Text);
    }

    [Fact]
    public async Task Every_field_of_creation_is_kept()
    {
        await using var host = await ApiHost.StartAsync();

        var created = await host.SubscribeAsync(more: """
            ,"name":"Ours","description":"For us","event_types":["review.*","messages.sent"],"profile":"github","secret":"It's a Secret to Everybody",
            "headers":{"X-Key":"7"},"max_per_second":2.5,"ordering":"fifo","disabled":true
            """);

        var stored = await host.Subscriptions.GetAsync(created["id"]!.ToString(), Cancel);
        stored.Should().BeEquivalentTo(new
        {
            TenantId = "project-1",
            Name = "Ours",
            Description = "For us",
            EventTypes = new[] { "review.*", "messages.sent" },
            Profile = "github",
            MaxPerSecond = 2.5,
            Ordering = Sdk.Deliveries.DeliveryOrdering.Fifo,
            State = SubscriptionState.Disabled,
        });
        stored.Headers.Should().Equal(new Dictionary<string, string> { ["X-Key"] = "7" });
        created["secret"]!.ToString().Should().Be("It's a Secret to Everybody");
        created["ordering"]!.ToString().Should().Be("fifo");
        created["state"]!.ToString().Should().Be("disabled");
    }

    [Fact]
    public async Task Every_broken_rule_is_named_with_its_field()
    {
        await using var host = await ApiHost.StartAsync();

        var refused = await host.PostAsync("/subscriptions", """{"url":"ftp://example.com","event_types":["a..b"],"headers":{"Host":"x"},"max_per_second":0}""");

        refused.ShouldBeProblem(422, "validation");
        refused.ShouldRefuse(422, ("url", "url.scheme"), ("event_types", "event_type.empty_segment"), ("headers.Host", "header.reserved"), ("max_per_second", "rate.range"));
        (await host.PostAsync("/subscriptions", "{}")).Status.Should().Be(422);
    }

    [Fact]
    public async Task Every_member_that_cannot_be_read_is_named()
    {
        await using var host = await ApiHost.StartAsync();

        var refused = await host.PostAsync("/subscriptions", """{"url":7,"event_types":"all","ordering":"random","tenant":"project-2","max_per_second":"many"}""");

        refused.ShouldRefuse(400,
            ("url", "json.type"), ("event_types", "json.type"), ("ordering", "json.type"), ("tenant", "json.unknown"), ("max_per_second", "json.type"));
        refused.Text.Should().Contain("one of unordered, fifo").And.NotContain("System.");
        (await host.PostAsync("/subscriptions", """{"url":"https://example.com","event_types":[null],"headers":{"X-A":null}}"""))
            .ShouldRefuse(400, ("event_types", "json.null"), ("headers.X-A", "json.null"));
    }

    [Fact]
    public async Task A_tenant_in_body_or_query_is_never_believed()
    {
        await using var host = await ApiHost.StartAsync();

        (await host.PostAsync("/subscriptions?tenant_id=project-2", $$"""{"url":"{{host.Receiver.Url}}"}""")).Status.Should().Be(201);

        (await host.GetAsync("/subscriptions?tenant_id=project-1", ApiHost.OtherOwner))["items"].AsArray().Should().BeEmpty();
        (await host.GetAsync("/subscriptions?tenant_id=project-2"))["items"].AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_removes_what_it_names_as_null()
    {
        await using var host = await ApiHost.StartAsync();
        var created = await host.SubscribeAsync(more: ""","name":"Ours","description":"For us","event_types":["messages.sent"],"headers":{"X-Key":"7"},"max_per_second":2""");
        var path = $"/subscriptions/{created["id"]}";

        var patched = await host.SendAsync("PATCH", path, """{"description":null,"event_types":null,"max_per_second":null,"ordering":"fifo"}""",
            contentType: "application/merge-patch+json", headers: ("If-Match", "\"1\""));

        patched.Status.Should().Be(200, patched.Text);
        patched.ETag.Should().Be("\"2\"");
        patched["name"].ToString().Should().Be("Ours");
        patched.Json!["description"].Should().BeNull();
        patched["event_types"].AsArray().Should().BeEmpty();
        patched.Json!["max_per_second"].Should().BeNull();
        patched["ordering"].ToString().Should().Be("fifo");
        patched["headers"].ToJsonString().Should().Be("""{"X-Key":"7"}""");
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_the_second_is_told()
    {
        await using var host = await ApiHost.StartAsync();
        var path = $"/subscriptions/{(await host.SubscribeAsync())["id"]}";
        var etag = (await host.GetAsync(path)).ETag!;

        var first = await host.SendAsync("PATCH", path, """{"name":"First"}""", headers: ("If-Match", etag));
        var second = await host.SendAsync("PATCH", path, """{"name":"Second"}""", headers: ("If-Match", etag));
        var again = await host.SendAsync("PATCH", path, """{"name":"Second"}""", headers: ("If-Match", $"\"0\", {first.ETag}"));

        first.Status.Should().Be(200);
        second.ShouldBeProblem(412, "version");
        again["name"].ToString().Should().Be("Second");
        (await host.SendAsync("PATCH", path, """{"name":"Third"}""", headers: ("If-Match", "garbage"))).ShouldBeProblem(412, "version");
        (await host.SendAsync("PATCH", path, """{"name":"Third"}""")).ShouldBeProblem(428, "if_match_missing");
        (await host.SendAsync("DELETE", path, headers: ("If-Match", etag))).ShouldBeProblem(412, "version");
        (await host.SendAsync("DELETE", path, headers: ("If-Match", again.ETag!))).Status.Should().Be(204);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("-5", 1)]
    [InlineData("2", 2)]
    [InlineData("2000000000", 3)]
    [InlineData("2e9", 3)]
    [InlineData("99999999999999999999", 3)]
    public async Task A_page_size_out_of_range_is_clamped(string size, int items)
    {
        await using var host = await ApiHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.SubscribeAsync();
        }

        var page = await host.GetAsync($"/subscriptions?page_size={size}");

        page["items"].AsArray().Should().HaveCount(items);
    }

    [Fact]
    public async Task Pages_follow_one_another_and_hold_everything_once()
    {
        await using var host = await ApiHost.StartAsync();
        List<string> created = [];
        for (var i = 0; i < 5; i++)
        {
            created.Add((await host.SubscribeAsync())["id"]!.ToString());
        }

        List<string> read = [];
        string? cursor = null;
        do
        {
            var page = await host.GetAsync($"/subscriptions?page_size=2&cursor={cursor}");
            read.AddRange(page["items"].AsArray().Select(s => s!["id"]!.ToString()));
            cursor = page.Json!["next_cursor"]?.ToString();
        }
        while (cursor is not null);

        read.Should().Equal(created);
    }

    [Fact]
    public async Task What_a_stranger_typed_in_leaves_as_text_that_no_browser_takes_for_a_page()
    {
        const string Evil = "<script>alert(1)</script>";
        await using var host = await ApiHost.StartAsync();

        var created = await host.SubscribeAsync(more: $$""","name":"{{Evil}}","description":"{{Evil}}","headers":{"X-Evil":"{{Evil}}"}""");
        var id = created["id"]!.ToString();
        await host.PostAsync($"/subscriptions/{id}/disable", $$"""{"reason":"{{Evil}}"}""");
        var read = await host.GetAsync($"/subscriptions/{id}");

        read["name"].ToString().Should().Be(Evil);
        read["state_reason"].ToString().Should().Be(Evil);
        read.Text.Should().NotContain("<");
        read.ContentType.Should().Be("application/json");
        read.Headers["X-Content-Type-Options"].Should().Be("nosniff");
        (await host.GetAsync($"/subscriptions?state={Uri.EscapeDataString(Evil)}")).Text.Should().NotContain("<");
        (await host.PostAsync("/subscriptions", $$"""{"{{Evil}}":1}""")).Text.Should().NotContain("<");
    }

    [Fact]
    public async Task On_off_and_rotation_do_what_they_say()
    {
        await using var host = await ApiHost.StartAsync();
        var created = await host.SubscribeAsync();
        var path = $"/subscriptions/{created["id"]}";

        (await host.PostAsync($"{path}/disable"))["state"].ToString().Should().Be("disabled");
        (await host.PostAsync($"{path}/enable"))["state"].ToString().Should().Be("enabled");
        var rotated = await host.PostAsync($"{path}/rotate-secret", """{"overlap_seconds":60}""");
        rotated["secret"].ToString().Should().StartWith("whsec_").And.NotBe(created["secret"]!.ToString());
        rotated.Headers["Cache-Control"].Should().Be("no-store");
        DateTimeOffset.Parse(rotated["old_secret_expires_at"].ToString(), null).Should().Be(host.Probe.Time.GetUtcNow().AddMinutes(1));
        (await host.PostAsync($"{path}/rotate-secret", """{"secret":"short"}""")).ShouldRefuse(422, ("secret", "secret.prefix"));
    }

    [Fact]
    public async Task A_secret_that_its_profile_keeps_readable_is_read_again_by_its_owner_only()
    {
        await using var host = await ApiHost.StartAsync();
        var created = await host.SubscribeAsync(more: ",\"profile\":\"ratecard\"");
        var path = $"/subscriptions/{created["id"]}/secret";

        var read = await host.GetAsync(path);

        read["secret"].ToString().Should().Be(created["secret"]!.ToString());
        read.Headers["Cache-Control"].Should().Be("no-store");
        (await host.GetAsync(path, ApiHost.OtherOwner)).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task A_test_answers_with_what_came_back()
    {
        await using var host = await ApiHost.StartAsync();
        host.Receiver.On("/hook").Answer(Sdk.Testing.Receiving.WebhookAnswer.FromInt32(418).WithHeader("X-Pot", "<tea>").WithBody("<b>short and stout</b>"));
        var id = (await host.SubscribeAsync())["id"]!.ToString();

        var test = await host.PostAsync($"/subscriptions/{id}/test", """{"event_type":"review-created"}""");

        ((bool)test["success"]).Should().BeFalse();
        ((int)test["status_code"]).Should().Be(418);
        test["response_body"].ToString().Should().Be("<b>short and stout</b>");
        test["response_headers"].AsArray().Should().Contain(h => h!["name"]!.ToString() == "X-Pot" && h["value"]!.ToString() == "<tea>");
        test.Text.Should().NotContain("<");
        var request = host.Receiver.Requests.Single();
        JsonNode.Parse(request.Body.Span)!["data"]!["rating"]!.GetValue<int>().Should().Be(5);
        (await host.GetAsync($"/attempts?subscription={id}"))["items"][0]!["is_test"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task An_id_with_a_slash_is_found()
    {
        await using var host = await ApiHost.StartAsync();
        var subscriptions = host.Services.GetRequiredService<IWebhookSubscriptions>();
        await subscriptions.CreateAsync(new NewSubscription { Id = "a/b c?", TenantId = "project-1", Url = host.Receiver.Url }, Cancel);

        (await host.GetAsync("/subscriptions/a%2Fb%20c%3F"))["id"].ToString().Should().Be("a/b c?");
    }
}

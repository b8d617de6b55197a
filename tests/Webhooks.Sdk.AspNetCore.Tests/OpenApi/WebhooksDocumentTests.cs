using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Webhooks.Sdk.AspNetCore.Tests.Support;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.AspNetCore.Tests.OpenApi;

public sealed class WebhooksDocumentTests
{
    public static TheoryData<string> Profiles => [.. WebhookProfiles.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task What_is_sent_is_what_the_document_describes(string profile)
    {
        await using var host = await ApiHost.StartAsync();
        await host.SubscribeAsync(more: $$""","profile":"{{profile}}","name":"Ours","event_types":["review-created"]""");
        await host.PublishAsync("review-created", """{"id":7,"rating":5,"text":"Nice"}""");

        var document = (await host.GetAsync($"/openapi/webhooks/{profile}")).Json!;
        var operation = document["webhooks"]!["review-created"]!["post"]!;

        var sent = host.Receiver.Requests.Single();
        var (contentType, content) = operation["requestBody"]!["content"]!.AsObject().Single();
        contentType.Should().Be(sent.Header("Content-Type"));
        new SchemaCheck(document).Check(JsonNode.Parse(sent.Body.Span), content!["schema"]!).Should().BeEmpty();
        new SchemaCheck(document).Check(content["example"], content["schema"]!).Should().BeEmpty();
        foreach (var header in operation["parameters"]?.AsArray() ?? [])
        {
            var value = sent.Header(header!["name"]!.ToString());
            value.Should().NotBeNull($"{header["name"]} is documented");
            new SchemaCheck(document).Check(JsonValue.Create(value), header["schema"]!).Should().BeEmpty(header["name"]!.ToString());
        }

        foreach (var name in WebhookProfiles.All.Single(p => p.Name == profile).Signer.HeaderNames)
        {
            operation["parameters"]!.AsArray().Should().Contain(h => h!["name"]!.ToString() == name);
        }
    }

    [Fact]
    public async Task A_body_of_another_shape_is_not_what_the_document_describes()
    {
        await using var host = await ApiHost.StartAsync();
        var document = (await host.GetAsync("/openapi/webhooks/standard")).Json!;
        var schema = document["components"]!["schemas"]!["event_review-created"]!;

        new SchemaCheck(document).Check(JsonNode.Parse("""{"id":"a","type":"messages.sent","timestamp":"2026-01-01T00:00:00Z","data":{"id":"seven","rating":5}}"""), schema)
            .Should().HaveCount(2);
    }

    [Fact]
    public async Task The_test_event_is_described_too_and_the_default_format_needs_no_name()
    {
        await using var host = await ApiHost.StartAsync(w => w.UseProfile(WebhookProfiles.GitHub));

        var document = await host.GetAsync("/openapi/webhooks");

        document["webhooks"].AsObject().Select(w => w.Key).Should().Equal("messages.sent", "review-created", "ping");
        document["info"]["title"]!.ToString().Should().Contain("github");
        document.Text.Should().Be((await host.GetAsync("/openapi/webhooks/github")).Text, "nothing in it depends on the moment");
    }

    [Fact]
    public async Task The_documents_of_what_is_sent_can_be_open_while_the_API_is_not()
    {
        await using var host = await ApiHost.StartAsync(map: app =>
        {
            app.MapWebhooks(ApiHost.Prefix).RequireAuthorization("Owner");
            app.MapWebhooksOpenApi("/docs/webhooks").AllowAnonymous();
        });

        (await host.GetAsync("~/docs/webhooks", user: null))["webhooks"].AsObject().Should().NotBeEmpty();
        (await host.GetAsync("~/docs/webhooks/stripe", user: null))["info"]["title"]!.ToString().Should().Contain("stripe");
        (await host.GetAsync("~/docs/webhooks/nobody", user: null)).ShouldBeProblem(404, "not_found");
        (await host.GetAsync("/openapi/webhooks", user: null)).Status.Should().Be(401);
    }
}

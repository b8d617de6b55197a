using System.Globalization;
using System.Text.Json.Nodes;
using Webhooks.Sdk.AspNetCore.Tests.Support;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.AspNetCore.Tests.Management;

/// <summary>Walks every operation of the API's own document: what it documents happens, and nothing else.</summary>
public sealed class OperationsTests
{
    private const string Unknown = "01961c1e-6f50-7000-8000-0f4b1c6d2a10";

    private readonly Dictionary<string, HashSet<int>> _seen = [];
    private JsonNode _document = null!;
    private ApiHost _host = null!;

    [Fact]
    public async Task Every_operation_answers_each_of_its_statuses_as_the_document_says()
    {
        await using var host = _host = await ApiHost.StartAsync();
        _document = (await host.GetAsync("/openapi.json")).Json!;
        var operations = Operations().ToList();
        operations.Should().HaveCountGreaterThan(20).And.OnlyHaveUniqueItems(o => o.Id);

        var foreign = await WorldAsync(ApiHost.OtherOwner, "project-2");
        foreach (var operation in operations)
        {
            await WalkGuardsAsync(operation);
            await WalkIdsAsync(operation, foreign);
            await WalkBodiesAsync(operation);
        }

        await WalkSuccessesAsync();

        foreach (var operation in operations)
        {
            _seen[operation.Id].Should().BeEquivalentTo(operation.Statuses, $"{operation.Id} documents these");
        }
    }

    // Who may: nobody, somebody without the role, an owner of nothing, another site's page.
    private async Task WalkGuardsAsync(Operation operation)
    {
        (await SendAsync(operation, Unknown, "{}", user: null)).Status.Should().Be(401, operation.Id);
        (await SendAsync(operation, Unknown, "{}", user: "reader of project-1")).Status.Should().Be(403, operation.Id);
        (await SendAsync(operation, Unknown, "{}", user: "owner")).ShouldBeProblem(403, "tenant");
        if (operation.Method != "GET")
        {
            (await SendAsync(operation, Unknown, "{}", headers: ("Sec-Fetch-Site", "cross-site"))).ShouldBeProblem(403, "cross_origin");
            (await SendAsync(operation, Unknown, "{}", headers: ("Origin", "https://evil.example"))).ShouldBeProblem(403, "cross_origin");
        }
    }

    // Another tenant's id is answered as one that never was, to the byte.
    private async Task WalkIdsAsync(Operation operation, World foreign)
    {
        if (operation.Path.Contains("{id}", StringComparison.Ordinal))
        {
            var unknown = await SendAsync(operation, Unknown, "{}");
            unknown.ShouldBeProblem(404, "not_found");
            var other = await SendAsync(operation, foreign.IdFor(operation), "{}");
            other.Text.Should().Be(unknown.Text, operation.Id);
            (await SendAsync(operation, "no uuid", "{}")).Text.Should().Be(unknown.Text, operation.Id);
        }
    }

    private async Task WalkBodiesAsync(Operation operation)
    {
        if (!operation.HasBody)
        {
            return;
        }

        var mine = (await _host.SubscribeAsync())["id"]!.ToString();
        (await SendAsync(operation, mine, "{")).ShouldBeProblem(400, "json");
        (await SendAsync(operation, mine, "[]")).ShouldBeProblem(400, "json");
        (await SendAsync(operation, mine, """{"a":1,"a":2}""")).ShouldBeProblem(400, "json");
        (await SendAsync(operation, mine, """{"\ud800":1}""")).ShouldBeProblem(400, "json");
        (await SendAsync(operation, mine, """{"tenant_id":"project-2"}""")).ShouldRefuse(400, ("tenant_id", "json.unknown"));
        (await SendAsync(operation, mine, $$"""{"url":"{{new string('a', 300_000)}}"}""")).ShouldBeProblem(413, "too_large");
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16" })
        {
            (await SendAsync(operation, mine, "{}", contentType: type)).ShouldBeProblem(415, "content_type");
        }
    }

    private async Task WalkSuccessesAsync()
    {
        var world = await WorldAsync(ApiHost.Owner, "project-1");
        var version = ("If-Match", "*");
        await Go("listSubscriptions", 200);
        await Go("listSubscriptions", 400, query: "?state=asleep");
        await Go("createSubscription", 201, $$"""{"url":"{{_host.Receiver.Url}}"}""");
        await Go("createSubscription", 422, """{"url":"ftp://example.com"}""");
        await Go("getSubscription", 200);
        await Go("getSubscription", 304, headers: ("If-None-Match", (await _host.GetAsync($"/subscriptions/{world.Subscription}")).ETag!));
        await Go("updateSubscription", 200, """{"name":"New"}""", headers: version);
        await Go("updateSubscription", 412, """{"name":"New"}""", headers: ("If-Match", "\"99\""));
        await Go("updateSubscription", 428, """{"name":"New"}""", headers: ("X-Nothing", "x"));
        await Go("updateSubscription", 422, """{"url":""}""", headers: version);
        await Go("disableSubscription", 422, """{"reason":"a\u0000b"}""");
        await Go("disableSubscription", 200, """{"reason":"Holidays"}""");
        await Go("recoverSubscription", 409, """{"since":"2026-01-01T00:00:00Z"}""");
        await Go("resendDelivery", 409);
        await Go("enableSubscription", 200);
        await Go("recoverSubscription", 422, "{}");
        await Go("recoverSubscription", 200, """{"since":"2026-01-01T00:00:00Z"}""");
        await Go("resendDelivery", 202);
        await Go("rotateSecret", 200, """{"overlap_seconds":60}""");
        await Go("rotateSecret", 422, """{"overlap_seconds":-1}""");
        await Go("readSecret", 409);
        await Go("readSecret", 200, of: world.Readable);
        await Go("sendTest", 200);
        await Go("sendTest", 422, """{"event_type":"no such*type"}""");
        await Go("listDeliveries", 200);
        await Go("listDeliveries", 400, query: "?page_size=many");
        await Go("getDelivery", 200);
        await Go("listAttempts", 200);
        await Go("listAttempts", 400, query: "?delivery=7");
        await Go("listEventTypes", 200);
        await Go("getEvent", 200);
        await Go("listProfiles", 200);
        await Go("getApiDocument", 200);
        await Go("getWebhooksDocument", 200);
        await Go("getWebhooksDocumentOfProfile", 200, of: "github");
        await Go("getWebhooksDocumentOfProfile", 404, of: "nobody");
        await Go("deleteSubscription", 412, headers: ("If-Match", "W/\"1\""));
        await Go("deleteSubscription", 204, headers: version);

        async Task Go(string id, int status, string? json = null, string? query = null, string? of = null, (string, string)? headers = null)
        {
            var operation = Operations().Single(o => o.Id == id);
            var answer = await SendAsync(operation, of ?? world.IdFor(operation), json, query: query, headers: headers);
            answer.Status.Should().Be(status, $"{id}: {answer.Text}");
        }
    }

    private async Task<Answer> SendAsync(
        Operation operation, string id, string? json, string? user = ApiHost.Owner, string contentType = "application/json", string? query = null, (string, string)? headers = null)
    {
        var path = operation.Path.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal).Replace("{profile}", id, StringComparison.Ordinal) + query;
        var answer = await _host.SendAsync(
            operation.Method, path, operation.HasBody ? json : null, user, contentType, headers ?? ("If-Match", "*"));

        // Whatever it is, it is documented, and is as documented.
        (_seen.TryGetValue(operation.Id, out var statuses) ? statuses : _seen[operation.Id] = []).Add(answer.Status);
        var documented = operation.Node["responses"]![answer.Status.ToString(CultureInfo.InvariantCulture)];
        documented.Should().NotBeNull($"{operation.Id} answered {answer.Status}");
        if (answer.Json is { } body)
        {
            var schema = documented!["content"]?[answer.ContentType!]?["schema"];
            schema.Should().NotBeNull($"{operation.Id} answered {answer.Status} with {answer.ContentType}");
            new SchemaCheck(_document).Check(body, schema!).Should().BeEmpty($"{operation.Id} answered {answer.Text}");
        }

        return answer;
    }

    private async Task<World> WorldAsync(string user, string tenant)
    {
        _host.Receiver.On("/hook").Answer(WebhookAnswer.Ok.WithHeader("X-Answer", "yes").WithBody("thanks"));
        var subscription = (await _host.SubscribeAsync(user: user))["id"]!.ToString();
        var readable = (await _host.SubscribeAsync(more: ",\"profile\":\"ratecard\"", user: user))["id"]!.ToString();
        var @event = await _host.PublishAsync(tenant: tenant);
        var delivery = (await _host.GetAsync($"/deliveries?subscription={subscription}", user))["items"][0]!["id"]!.ToString();
        return new(subscription, readable, @event, delivery);
    }

    private IEnumerable<Operation> Operations() => _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method =>
        new Operation(method.Value!["operationId"]!.ToString(), method.Key.ToUpperInvariant(), path.Key, method.Value!)));

    private sealed record Operation(string Id, string Method, string Path, JsonNode Node)
    {
        public bool HasBody => Node["requestBody"] is not null;

        public IEnumerable<int> Statuses => Node["responses"]!.AsObject().Select(r => int.Parse(r.Key, CultureInfo.InvariantCulture));
    }

    private sealed record World(string Subscription, string Readable, string Event, string Delivery)
    {
        public string IdFor(Operation operation) =>
            operation.Path.StartsWith("/deliveries", StringComparison.Ordinal) ? Delivery
            : operation.Path.StartsWith("/events", StringComparison.Ordinal) ? Event
            : Subscription;
    }
}

using System.Text.Json;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.ConsoleHost.Tests;

public sealed class SendTests : IAsyncLifetime
{
    private const string PublishedBody =
        """{"id":"evt_01JXXXXXXXXXXXXX","type":"review.analysed","created_at":"2026-04-24T14:30:00Z","api_version":"v1","data":{"analysis_id":"rs_ana_01JXXXXXXXXXXXXX","review_id":"wc_rev_1042","sentiment":"positive","score":87,"topics":["shipping","quality"],"response_draft":"Thank you for your kind words!..."}}""";

    private WebhookReceiver _receiver = null!;

    public async ValueTask InitializeAsync() => _receiver = await WebhookReceiver.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task The_published_ReviewSense_body_arrives_to_the_byte()
    {
        var sent = await SendAsync("reviewsense", "review.analysed", "@events/reviewsense/review.analysed.json",
            "--secret", "test_secret", "--event-id", "evt_01JXXXXXXXXXXXXX", "--created-at", "2026-04-24T14:30:00Z");

        sent.ExitCode.Should().Be(0, sent.Error);
        var request = _receiver.Requests.Should().ContainSingle().Subject;
        request.Text.Should().Be(PublishedBody);
        request.Body.Length.Should().Be(303);
        request.Header("X-ReviewSense-Signature").Should().Be("3c376b33a89d9e0b8dbc4d7b8e44ba3b81b36a26b841b93a8121e3761fbe05e1");
        sent.Output.Should().MatchRegex(@"^\d\d:\d\d:\d\d\.\d{3}Z  evt_01JXXXXXXXXXXXXX +1/6  200 OK  [\d.]+ m?s  delivered\n1 delivered, 0 failed of 1 in [\d.]+ m?s\n$");
        sent.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task Names_and_ids_of_subscription_and_tenant_reach_the_body()
    {
        var sent = await SendAsync("ratecard", "feedback.noted", "@events/ratecard/feedback.noted.json", "--secret", "s3cret",
            "--tenant-id", "5b0c7a52-0000-4000-8000-000000000001", "--tenant-name", "Hôtel & Spa",
            "--subscription-id", "5b0c7a52-0000-4000-8000-000000000002", "--subscription-name", "Notes", "--created-at", "2026-04-24T14:30:00.25Z");

        sent.ExitCode.Should().Be(0, sent.Error);
        var request = _receiver.Requests.Should().ContainSingle().Subject;
        request.Header("Ratecard-Webhook-Secret").Should().Be("s3cret");
        request.Text.Should().MatchRegex("^" + """
            {"id":"[0-9a-f-]{36}","webhook":{"id":"5b0c7a52-0000-4000-8000-000000000002","name":"Notes"},"account":{"id":"5b0c7a52-0000-4000-8000-000000000001","name":"Hôtel & Spa"},"payload":{"note":{
            """.Trim());
        request.Text.Should().EndWith(""""event":"feedback.noted","created_at":"2026-04-24T14:30:00.250000Z","updated_at":"2026-04-24T14:30:00.250000Z"}"""");
    }

    [Fact]
    public async Task Every_example_is_delivered_in_its_own_format()
    {
        foreach (var profile in WebhookProfiles.All.Where(p => p.EventTypes.Count > 0))
        {
            var type = profile.EventTypes[^1];
            var sent = await SendAsync(profile.Name, type, $"@events/{profile.Name}/{type}.json");

            sent.ExitCode.Should().Be(0, sent.Error);
            var secret = sent.Error.Length == 0 ? "" : sent.Error["secret: ".Length..].TrimEnd('\n');
            var request = _receiver.Requests[^1];
            using var json = JsonDocument.Parse(request.Body);
            (profile.Name == "dialogform" ? request.Verify(profile).Failure.ToString() : request.Verify(profile, secret).Failure.ToString())
                .Should().Be(profile.Name == "dialogform" ? "NotSigned" : "None", profile.Name);
        }
    }

    [Fact]
    public async Task Standard_input_is_sent_and_a_generated_secret_is_printed_once_to_stderr()
    {
        var sent = await RunningProgram.RunWithInputAsync("""{ "text": "é <b> & '" }""",
            "send", "--url", _receiver.Url, "--profile", "standard", "--type", "note", "--data", "@-", "--allow-private-networks");

        sent.ExitCode.Should().Be(0, sent.Error);
        sent.Error.Should().MatchRegex("^secret: whsec_[A-Za-z0-9+/]{43}=\n$");
        sent.Output.Should().NotContain("whsec_");
        var request = _receiver.Requests.Should().ContainSingle().Subject;
        request.Text.Should().EndWith(""","data":{"text":"é <b> & '"}}""");
        request.Verify(WebhookProfiles.Standard, sent.Error["secret: ".Length..].TrimEnd()).IsVerified.Should().BeTrue();
    }

    [Fact]
    public async Task A_failure_is_retried_by_the_compressed_schedule_until_it_is_delivered()
    {
        _receiver.Answer(500).Then(503).Then(204);

        var sent = await SendAsync("standard", "note", "{}", "--retry-scale", "0.000001");

        sent.ExitCode.Should().Be(0, sent.Error);
        _receiver.Requests.Should().HaveCount(3);
        var lines = sent.Output.Split('\n');
        lines[0].Should().Contain(" 1/10  500 Internal Server Error  ").And.Contain("  next in ");
        lines[1].Should().Contain(" 2/10  503 Service Unavailable  ").And.Contain("  next in ");
        lines[2].Should().Contain(" 3/10  204 No Content  ").And.EndWith("  delivered");
        lines[3].Should().StartWith("1 delivered, 0 failed of 1 in ");
    }

    [Fact]
    public async Task An_endpoint_that_always_fails_ends_with_1_after_the_whole_schedule_of_every_event()
    {
        // ReviewSense's rule suspends at the first exhausted delivery; that must not keep the others from being tried.
        _receiver.Answer(500);

        var sent = await SendAsync("reviewsense", "review.flagged", "{}", "--retry-scale", "0", "--count", "30", "--concurrency", "2");

        sent.ExitCode.Should().Be(1);
        _receiver.Requests.Should().HaveCount(30 * 6);
        sent.Output.Should().Contain("\n0 delivered, 30 failed of 30 in ");
        sent.Output.Split("given up: Exhausted").Should().HaveCount(31);
    }

    [Fact]
    public async Task Gone_ends_it_at_once()
    {
        _receiver.Answer(410);

        var sent = await SendAsync("standard", "note", "{}", "--count", "50", "--concurrency", "1");

        sent.ExitCode.Should().Be(1);
        _receiver.Requests.Count.Should().BeLessThan(50);
        sent.Output.Should().Contain("410 Gone").And.Contain("The endpoint answered 410 Gone.").And.MatchRegex("\n0 delivered, ");
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_named_as_such()
    {
        var sent = await RunningProgram.RunAsync(
            "send", "--url", "http://127.0.0.1:1/", "--profile", "github", "--type", "push", "--data", "{}", "--allow-private-networks");

        sent.ExitCode.Should().Be(1);
        sent.Output.Should().Contain(" 1/1  Connect: Connection refused  ").And.Contain("  given up: Exhausted\n");
    }

    [Fact]
    public async Task Many_events_have_numbered_ids_and_print_no_progress_bar_into_a_pipe()
    {
        var sent = await SendAsync("standard", "note", "{}", "--count", "12", "--event-id", "job", "--concurrency", "4");

        sent.ExitCode.Should().Be(0, sent.Error);
        _receiver.Requests.Select(r => r.Header("webhook-id")).Should().BeEquivalentTo(Enumerable.Range(1, 12).Select(i => $"job-{i}"));
        sent.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(13);
        sent.Output.Should().NotContainAny("\r", "\e", "█");
    }

    [Fact]
    public async Task Concurrency_1_sends_one_after_the_other()
    {
        var hold = TimeSpan.FromMilliseconds(60);
        _receiver.Answer(WebhookAnswer.Ok.After(hold));

        var sent = await SendAsync("standard", "note", "{}", "--count", "4", "--concurrency", "1");

        sent.ExitCode.Should().Be(0, sent.Error);
        var times = _receiver.Requests.Select(r => r.ReceivedAt).ToList();
        times.Should().HaveCount(4);

        // Timers may fire a little early.
        times.Zip(times.Skip(1), (a, b) => b - a).Should().OnlyContain(gap => gap > hold * 0.8);
    }

    [Theory]
    [InlineData(RunningProgram.Interrupt)]
    [InlineData(RunningProgram.Terminate)]
    public async Task Stopping_it_ends_with_1_and_says_what_was_not_sent(int signal)
    {
        _receiver.Answer(500);
        using var program = RunningProgram.Start("", Arguments("standard", "note", "{}"));
        await _receiver.WaitForAsync(1, cancellationToken: TestContext.Current.CancellationToken);

        program.Signal(signal);
        var ended = await program.EndAsync();

        ended.ExitCode.Should().Be(1);
        ended.Output.Should().Contain("stopped: 0 delivered, 0 failed, 1 not sent of 1 in ");
    }

    [Theory]
    [InlineData("url.scheme", "http://169.254.169.254/")]
    [InlineData("url.private_address", "https://10.0.0.1/")]
    [InlineData("url.local_name", "https://localhost/")]
    [InlineData("url.not_absolute", "example.com")]
    public async Task A_URL_that_may_not_be_called_ends_with_2_and_the_rule(string rule, string url)
    {
        var refused = await RunningProgram.RunAsync("send", "--url", url, "--profile", "standard", "--type", "note", "--data", "{}");

        refused.ExitCode.Should().Be(2);
        refused.Output.Should().BeEmpty();
        refused.Error.Should().Contain($"({rule})").And.NotContain("secret:");
    }

    [Theory]
    [InlineData("payload.not_json", "{", "note")]
    [InlineData("payload.not_json", """{"a":1,"a":2}""", "note")]
    [InlineData("'no-such-file' cannot be read", "@no-such-file", "note")]
    [InlineData("event_type.wildcard", "{}", "review.*")]
    [InlineData("event_type.empty_segment", "{}", "review..flagged")]
    [InlineData("secret.prefix", "{}", "note", "--secret", "guessed")]
    [InlineData("--count: '0' is not a number from 1 to 100000", "{}", "note", "--count", "0")]
    [InlineData("--concurrency: 'many' is not a number", "{}", "note", "--concurrency", "many")]
    [InlineData("--retry-scale: '-1' is not a number", "{}", "note", "--retry-scale", "-1")]
    [InlineData("'soon' is not an ISO 8601 time", "{}", "note", "--created-at", "soon")]
    [InlineData("--event-id: a message id holds no dot", "{}", "note", "--event-id", "a.b")]
    [InlineData("tenant_id: must not be empty", "{}", "note", "--tenant-id", "")]
    public async Task Bad_input_ends_with_2_and_nothing_is_sent(string message, string data, string type, params string[] more)
    {
        var refused = await SendAsync("standard", type, data, more);

        refused.ExitCode.Should().Be(2);
        refused.Output.Should().BeEmpty();
        refused.Error.Should().Contain(message);
        _receiver.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task An_id_that_becomes_too_long_with_its_number_is_refused_before_the_first_event()
    {
        var refused = await SendAsync("standard", "note", "{}", "--event-id", new string('x', 254), "--count", "10");

        refused.ExitCode.Should().Be(2);
        refused.Error.Should().Contain("--event-id: a message id has 1 to 256 characters; this one has 257.");
        _receiver.Requests.Should().BeEmpty();
    }

    private Task<Ended> SendAsync(string profile, string type, string data, params string[] more) =>
        RunningProgram.RunAsync(Arguments(profile, type, data, more));

    private string[] Arguments(string profile, string type, string data, params string[] more) =>
        ["send", "--url", _receiver.UrlFor("/hooks"), "--profile", profile, "--type", type, "--data", data, "--allow-private-networks", .. more];
}

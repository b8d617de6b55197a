using System.Text;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.Testing.Tests.Profiles;

/// <summary>
/// Each profile's first request as it stands on the wire, from the first byte to the last. Nothing expected is computed by the library: signatures
/// come from openssl, <c>openssl dgst -sha256 -hmac KEY</c>, where the key of a <c>whsec_</c> secret is its base64 decoded (<c>-mac HMAC -macopt
/// hexkey:31f290f6bf06298aab4f08d43c3f082cf648a362da2da4b0</c>, printed with <c>-binary | base64</c>). The id of a delivery was computed with
/// Node's crypto from its definition in <see cref="Events.DeliveryId"/>.
/// </summary>
public sealed class WholeRequestTests
{
    private const string EventId = "evt_01JXXXXXXXXXXXXX";
    private const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Data = """{"text":"é <b> & ' + 😀","score":4.50}""";

    // Strict, so that two texts are equal only if their bytes are.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // HMAC of evt_01JXXXXXXXXXXXXX.1777041065.{body}
    [Fact]
    public Task Standard_sends_exactly_this() => ExpectAsync(WebhookProfiles.Standard, "invoice.paid", Data, StandardSecret, """
        POST /hooks?of=acme HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Webhooks.Sdk
        webhook-id: evt_01JXXXXXXXXXXXXX
        webhook-timestamp: 1777041065
        webhook-signature: v1,l1GTxg6PwzHxMUPt9sLBENirGFlNDl3Rdo1EGehTIH0=
        Content-Type: application/json
        Content-Length: 138

        {"id":"evt_01JXXXXXXXXXXXXX","type":"invoice.paid","timestamp":"2026-04-24T14:30:00.25Z","data":{"text":"é <b> & ' + 😀","score":4.50}}
        """);

    // The documented example, HMAC of the body alone.
    [Fact]
    public Task ReviewSense_sends_exactly_this() => ExpectAsync(
        WebhookProfiles.ReviewSense,
        "review.analysed",
        """{"analysis_id":"rs_ana_01JXXXXXXXXXXXXX","review_id":"wc_rev_1042","sentiment":"positive","score":87,"topics":["shipping","quality"],"response_draft":"Thank you for your kind words!..."}""",
        "test_secret",
        """
        POST /hooks?of=acme HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Webhooks.Sdk
        X-ReviewSense-Signature: 3c376b33a89d9e0b8dbc4d7b8e44ba3b81b36a26b841b93a8121e3761fbe05e1
        Content-Type: application/json
        Content-Length: 303

        {"id":"evt_01JXXXXXXXXXXXXX","type":"review.analysed","created_at":"2026-04-24T14:30:00Z","api_version":"v1","data":{"analysis_id":"rs_ana_01JXXXXXXXXXXXXX","review_id":"wc_rev_1042","sentiment":"positive","score":87,"topics":["shipping","quality"],"response_draft":"Thank you for your kind words!..."}}
        """);

    [Fact]
    public Task Ratecard_sends_exactly_this() => ExpectAsync(
        WebhookProfiles.Ratecard, "messages.sent", """{"message":{"text":"é <b> & ' + 😀"}}""", "rc-Secret+0001=", """
        POST /hooks?of=acme HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Webhooks.Sdk
        Ratecard-Webhook-Secret: rc-Secret+0001=
        Content-Type: application/json
        Content-Length: 368

        {"id":"019dbfe5-c73a-8d2a-afa5-dac7be1cee61","webhook":{"id":"3f0c8a52-6b1d-4a4e-9c7e-2d5b8e1f0a63","name":"Café & Co's <hook>"},"account":{"id":"7d2e4b90-15c8-4f3a-8e61-0b9a7c5d3e24","name":"Søn + Søn"},"payload":{"message":{"text":"é <b> & ' + 😀"}},"event":"messages.sent","created_at":"2026-04-24T14:30:00.250000Z","updated_at":"2026-04-24T14:30:00.250000Z"}
        """);

    [Fact]
    public Task DialogForm_sends_exactly_this() => ExpectAsync(
        WebhookProfiles.DialogForm, "completed", """{"flowId":17,"identifier":"é <b> & ' + 😀","score":null}""", null, """
        POST /hooks?of=acme HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Webhooks.Sdk
        Content-Type: application/json
        Content-Length: 87

        {"type":"completed","data":{"flowId":17,"identifier":"é <b> & ' + 😀","score":null}}
        """);

    // HMAC of evt_01JXXXXXXXXXXXXX.1777041065.{body}
    [Fact]
    public Task MoreGoodReviews_sends_exactly_this() => ExpectAsync(WebhookProfiles.MoreGoodReviews, "review-created", Data, StandardSecret, """
        POST /hooks?of=acme HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Webhooks.Sdk
        webhook-id: evt_01JXXXXXXXXXXXXX
        webhook-timestamp: 1777041065
        webhook-signature: v1,3Wisdgsp4BDvxZDKGMK+Z5wOunY92x1slqRPOBfQTq8=
        Content-Type: application/json
        Content-Length: 140

        {"id":"evt_01JXXXXXXXXXXXXX","type":"review-created","timestamp":"2026-04-24T14:30:00.25Z","data":{"text":"é <b> & ' + 😀","score":4.50}}
        """);

    // HMAC of the body alone.
    [Fact]
    public Task GitHub_sends_exactly_this() => ExpectAsync(WebhookProfiles.GitHub, "push", Data, "It's a Secret to Everybody", """
        POST /hooks?of=acme HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Webhooks.Sdk
        X-GitHub-Event: push
        X-GitHub-Delivery: 019dbfe5-c73a-8d2a-afa5-dac7be1cee61
        X-Hub-Signature-256: sha256=bd212210f81da5667fa81603b4d21959be35b41bb6cb11d9aecd19e2cf571282
        Content-Type: application/json
        Content-Length: 41

        {"text":"é <b> & ' + 😀","score":4.50}
        """);

    // HMAC of 1777041065.{body}; the key is the whole secret as text.
    [Fact]
    public Task Stripe_sends_exactly_this() => ExpectAsync(WebhookProfiles.Stripe, "invoice.paid", Data, "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH", """
        POST /hooks?of=acme HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Webhooks.Sdk
        Stripe-Signature: t=1777041065,v1=2c1b9fb5589f10fefe37e013a3928ca9fecf2d26bd47fa49d78a4ec173bab123
        Content-Type: application/json
        Content-Length: 176

        {"id":"evt_01JXXXXXXXXXXXXX","object":"event","api_version":"2025-01-01","created":1777041000,"type":"invoice.paid","data":{"object":{"text":"é <b> & ' + 😀","score":4.50}}}
        """);

    // HMAC of evt_01JXXXXXXXXXXXXX.1777041065.{body}
    [Fact]
    public Task CloudEvents_structured_sends_exactly_this() => ExpectAsync(WebhookProfiles.CloudEvents, "invoice.paid", Data, StandardSecret, """
        POST /hooks?of=acme HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Webhooks.Sdk
        webhook-id: evt_01JXXXXXXXXXXXXX
        webhook-timestamp: 1777041065
        webhook-signature: v1,u7TSsPfxQvvd63n29iZl7hJgKIwZk4voo0ffveab7u8=
        Content-Type: application/cloudevents+json
        Content-Length: 211

        {"id":"evt_01JXXXXXXXXXXXXX","source":"/webhooks","type":"invoice.paid","specversion":"1.0","time":"2026-04-24T14:30:00.25Z","datacontenttype":"application/json","data":{"text":"é <b> & ' + 😀","score":4.50}}
        """);

    // HMAC of evt_01JXXXXXXXXXXXXX.1777041065.{body}. In this mode Content-Type is datacontenttype.
    [Fact]
    public Task CloudEvents_binary_sends_exactly_this() => ExpectAsync(WebhookProfiles.CloudEventsBinary, "invoice.paid", Data, StandardSecret, """
        POST /hooks?of=acme HTTP/1.1
        Host: 127.0.0.1:{port}
        User-Agent: Webhooks.Sdk
        ce-id: evt_01JXXXXXXXXXXXXX
        ce-source: /webhooks
        ce-type: invoice.paid
        ce-specversion: 1.0
        ce-time: 2026-04-24T14:30:00.25Z
        webhook-id: evt_01JXXXXXXXXXXXXX
        webhook-timestamp: 1777041065
        webhook-signature: v1,ANVokV7El74lPIfgULUCTWZJiY9Pd2HP6Z6jggkfzcg=
        Content-Type: application/json
        Content-Length: 41

        {"text":"é <b> & ' + 😀","score":4.50}
        """);

    private static async Task ExpectAsync(WebhookProfile profile, string type, string data, string? secret, string expected)
    {
        using var listener = new RawListener();
        await using var harness = await WebhookHarness.StartAsync(start: new(2026, 4, 24, 14, 31, 5, 500, TimeSpan.Zero), cancellationToken: Cancel);
        await harness.Subscriptions.CreateAsync(
            new()
            {
                Id = "3f0c8a52-6b1d-4a4e-9c7e-2d5b8e1f0a63",
                Name = "Café & Co's <hook>",
                TenantId = "7d2e4b90-15c8-4f3a-8e61-0b9a7c5d3e24",
                Url = $"http://127.0.0.1:{listener.Port}/hooks?of=acme",
                Profile = profile.Name,
                EventTypes = [type],
                Secret = secret,
            },
            Cancel);
        var receiving = listener.ReceiveAsync(Cancel);

        await harness.PublishAsync(
            new NewWebhookEvent
            {
                Id = EventId,
                Type = type,
                Data = data,
                TenantId = "7d2e4b90-15c8-4f3a-8e61-0b9a7c5d3e24",
                TenantName = "Søn + Søn",
                CreatedAt = new DateTimeOffset(2026, 4, 24, 14, 30, 0, 250, TimeSpan.Zero),
            },
            cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.ShouldHaveDelivered(EventId, times: 1)[0].Attempts.Should().Be(1);
        var port = listener.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Utf8.GetString(await receiving).Should().Be(expected.ReplaceLineEndings("\r\n").Replace("{port}", port, StringComparison.Ordinal));
    }
}

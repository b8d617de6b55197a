using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;
using Webhooks.Sdk.Receiving;
using static Webhooks.Sdk.AspNetCore.Tests.Receiving.Support.ReceivingHost;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving;

/// <summary>What each kind of request is answered with, on a real server.</summary>
public sealed class AnswerTests
{
    private readonly Handled _handled = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_genuine_event_is_handled_and_gets_204()
    {
        await using var host = await StartReviewsAsync();

        (await host.SendReviewAsync()).Should().Be(204);

        (await _handled.NextAsync()).Should().Be(new Review(7, 5));
    }

    public static TheoryData<string> Forgeries =>
        ["other secret", "changed body", "no headers", "no signature", "too old", "too new", "other id", "1000 signatures", "sender's newline"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_is_forged_or_late_gets_401_that_does_not_say_why_and_the_log_does(string forgery)
    {
        await using var host = await StartReviewsAsync();
        var request = Forge(forgery);

        using var response = await host.Client.SendAsync(request, Cancel);

        ((int)response.StatusCode).Should().Be(401);
        response.Content.Headers.ContentType!.ToString().Should().Be("application/problem+json");
        (await response.Content.ReadAsStringAsync(Cancel)).Should().Be(
            """{"title":"Unauthorized","status":401,"detail":"The request is not signed as it has to be, or not in time."}""");
        host.Log.All.Should().ContainSingle().Which.Should().MatchRegex(
            "Information: Receiver /hooks refused a request: (NoMatchingSignature|MissingHeader|TimestampTooOld|TimestampTooNew|MalformedHeader)");
        _handled.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type":"review-created"}""")]
    [InlineData("""{"data":{"id":7,"rating":5}}""")]
    [InlineData("""{"type":7,"data":{"id":7,"rating":5}}""")]
    [InlineData("""{"type":"review-created","type":"review-deleted","data":{"id":7,"rating":5}}""")]
    [InlineData("""{"type":"review-created","data":{"id":7,"rating":5}} {}""")]
    [InlineData("""{"type":"review-created","data":{"id":7,"rating":5},}""")]
    [InlineData("""{"type":"review-created","data":"\ud800 \x"}""")]
    [InlineData("""{"type":"\ud800","data":{}}""")]
    [InlineData("""{"type":"a\u0000b","data":{}}""")]
    [InlineData("""{"type":"","data":{}}""")]
    public async Task What_is_not_the_format_gets_400(string body)
    {
        await using var host = await StartReviewsAsync();

        using var response = await host.Client.SendAsync(Signed(body), Cancel);

        ((int)response.StatusCode).Should().Be(400);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("status").GetInt32().Should().Be(400);
        _handled.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_or_too_deep_gets_400()
    {
        await using var host = await StartReviewsAsync();
        byte[] notUtf8 = [.. """{"type":"review-created","data":{"text":" """u8, 0xC3, 0x28, .. "\"}}"u8];
        var deep = $$"""{"type":"review-created","data":{{new string('[', 1000)}}{{new string(']', 1000)}}}""";

        (await host.SendAsync(Signed(notUtf8))).Should().Be(400);
        (await host.SendAsync(Signed(deep))).Should().Be(400);
    }

    [Theory]
    [InlineData("""{"type":"review-created","data":{"id":"seven"}}""")]
    [InlineData("""{"type":"review-created","data":[]}""")]
    [InlineData("""{"type":"review-created","data":null}""")]
    public async Task Data_that_the_handler_does_not_take_gets_400_and_the_id_stays_free(string body)
    {
        await using var host = await StartReviewsAsync();

        (await host.SendAsync(Signed(body))).Should().Be(400);
        (await host.SendReviewAsync()).Should().Be(204);

        _handled.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_type_that_nobody_handles_gets_204_or_400_where_the_host_says_so()
    {
        await using var host = await StartReviewsAsync();
        await using var strict = await StartAsync(r => r.Secret(Secret).RefuseOtherTypes().On<Review>("review-created", _handled.TakeAsync), services: null);

        (await host.SendAsync(Signed(Review(type: "review-deleted")))).Should().Be(204);
        (await strict.SendAsync(Signed(Review(type: "review-deleted")))).Should().Be(400);

        _handled.Count.Should().Be(0);
    }

    [Fact]
    public async Task Other_types_may_have_a_handler_of_their_own()
    {
        await using var host = await StartAsync(r => r.Secret(Secret).On<Review>("review-created", _handled.TakeAsync).OnOther(_handled.TakeAsync), services: null);

        (await host.SendAsync(Signed(Review(type: "review-deleted"), "msg_2"))).Should().Be(204);

        var webhook = (await _handled.NextAsync()).Should().BeOfType<ReceivedWebhook>().Subject;
        webhook.Should().BeEquivalentTo(new { Receiver = "/hooks", Sender = "", Id = "msg_2", Type = "review-deleted", CreatedAt = new DateTimeOffset(2026, 4, 24, 14, 30, 0, default) });
        Encoding.UTF8.GetString(webhook.Data.Span).Should().Be("""{"id":7,"rating":5}""");
        Encoding.UTF8.GetString(webhook.Body.Span).Should().Be(Review(type: "review-deleted"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_gets_413_whether_it_says_its_length_or_not(bool saysLength)
    {
        await using var host = await StartAsync(r => r.Secret(Secret).MaxBodyBytes(1000).On<Review>("review-created", _handled.TakeAsync), services: null);
        var exact = Review() + new string(' ', 1000 - Review().Length);

        (await host.SendAsync(Sized(exact, saysLength))).Should().Be(204);
        (await host.SendAsync(Sized(exact + " ", saysLength))).Should().Be(413);
        (await host.SendAsync(Sized(new string(' ', 5_000_000), saysLength))).Should().Be(413);

        _handled.Count.Should().Be(1);
    }

    [Fact]
    public async Task The_largest_body_is_a_megabyte_unless_the_host_says_otherwise()
    {
        await using var host = await StartReviewsAsync();
        var exact = Review() + new string(' ', (1024 * 1024) - Review().Length);

        (await host.SendAsync(Signed(exact))).Should().Be(204);
        (await host.SendAsync(Signed(exact + " "))).Should().Be(413);
    }

    [Fact]
    public async Task Another_method_gets_405()
    {
        await using var host = await StartReviewsAsync();

        (await host.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/hooks"))).Should().Be(405);
    }

    [Fact]
    public async Task A_handler_that_throws_gets_500_without_a_word_of_why_and_the_retry_is_handled()
    {
        _handled.First = (call, _) => call == 1 ? throw new InvalidOperationException("the database of reviews is down") : Task.CompletedTask;
        await using var host = await StartReviewsAsync();

        using var response = await host.Client.SendAsync(Signed(Review()), Cancel);

        ((int)response.StatusCode).Should().Be(500);
        (await response.Content.ReadAsStringAsync(Cancel)).Should().Be("""{"title":"Internal Server Error","status":500,"detail":"The event was not handled. Send it again."}""");
        host.Log.All.Should().ContainSingle().Which.Should().StartWith("Error: ").And.Contain("msg_1").And.Contain("the database of reviews is down");
        (await host.SendReviewAsync()).Should().Be(204);
        (await host.SendReviewAsync()).Should().Be(204);
        _handled.Count.Should().Be(2);
    }

    [Fact]
    public async Task Both_secrets_of_a_rotation_are_good()
    {
        const string next = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        await using var host = await StartAsync(r => r.Secret(next, Secret).On<Review>("review-created", _handled.TakeAsync), services: null);

        (await host.SendAsync(Signed(Review(), "msg_1"))).Should().Be(204);
        (await host.SendAsync(Signed(Review(), "msg_2", next))).Should().Be(204);

        _handled.Count.Should().Be(2);
    }

    private Task<ReceivingHost> StartReviewsAsync() => StartAsync(r => r.Secret(Secret).On<Review>("review-created", _handled.TakeAsync), services: null);

    private static HttpRequestMessage Forge(string forgery)
    {
        var genuine = Signed(Review());
        switch (forgery)
        {
            case "other secret":
                return Signed(Review(), secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
            case "changed body":
                genuine.Content = new StringContent(Review(rating: 1));
                return genuine;
            case "no headers":
                return new HttpRequestMessage(HttpMethod.Post, "/hooks") { Content = new StringContent(Review()) };
            case "no signature":
                genuine.Headers.Remove("webhook-signature");
                return genuine;
            case "too old":
                return Signed(Review(), age: TimeSpan.FromSeconds(310));
            case "too new":
                return Signed(Review(), age: TimeSpan.FromSeconds(-310));
            case "other id":
                genuine.Headers.Remove("webhook-id");
                genuine.Headers.Add("webhook-id", "msg_2");
                return genuine;
            case "1000 signatures":
                var signature = genuine.Headers.GetValues("webhook-signature").Single();
                genuine.Headers.Remove("webhook-signature");
                var wrong = "v1," + Convert.ToBase64String(new byte[32]);
                genuine.Headers.TryAddWithoutValidation("webhook-signature", string.Join(' ', Enumerable.Repeat(wrong, 400).Append(signature)));
                return genuine;
            default:
                genuine.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(new byte[32]));
                return genuine;
        }
    }

    private static HttpRequestMessage Sized(string body, bool saysLength)
    {
        var request = Signed(body, id: "msg_" + body.Length);
        if (!saysLength)
        {
            request.Content = new StreamContent(new Unseekable(Encoding.UTF8.GetBytes(body))) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            request.Headers.TransferEncodingChunked = true;
        }

        return request;
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

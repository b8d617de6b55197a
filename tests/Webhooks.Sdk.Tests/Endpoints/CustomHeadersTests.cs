using FsCheck.Fluent;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Endpoints;

public sealed class CustomHeadersTests
{
    [Theory]
    [InlineData("X-Api-Key", "secret")]
    [InlineData("Authorization", "Bearer a.b.c")]
    [InlineData("x", "")]
    [InlineData("!#$%&'*+-.^_`|~9", " ~\"\\")]
    [InlineData("X-Content-Type", "content- is reserved as a beginning only")]
    public void A_header_of_ones_own_is_fine(string name, string value) => CustomHeaders.Check(name, value, []).Should().BeNull();

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a\r\nb")]
    [InlineData("a\0")]
    [InlineData("näme")]
    [InlineData("a/b")]
    [InlineData("(a)")]
    [InlineData("\"a\"")]
    public void An_invalid_name_is_refused(string name) => CustomHeaders.Check(name, "v", [])!.Rule.Should().Be("header.name");

    [Fact]
    public void A_name_has_at_most_128_characters()
    {
        CustomHeaders.Check(new string('a', 128), "v", []).Should().BeNull();
        CustomHeaders.Check(new string('a', 129), "v", [])!.Rule.Should().Be("header.name");
    }

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\r\nX-Smuggled: 1")]
    [InlineData("a\0")]
    [InlineData("a\tb")]
    [InlineData("é")]
    [InlineData("\u007f")]
    [InlineData("\u0100\u010d\u010a")] // ends in CR LF when cut to bytes
    public void A_value_of_anything_but_printable_ASCII_is_refused(string value) => CustomHeaders.Check("X-A", value, [])!.Rule.Should().Be("header.value");

    [Fact]
    public void A_value_has_at_most_4096_characters()
    {
        CustomHeaders.Check("X-A", new string('v', 4096), []).Should().BeNull();
        CustomHeaders.Check("X-A", new string('v', 4097), [])!.Rule.Should().Be("header.too_long");
        CustomHeaders.Check("X-A", null, [])!.Rule.Should().Be("header.too_long");
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("hOsT")]
    [InlineData("Content-Type")]
    [InlineData("Content-Length")]
    [InlineData("content-anything")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("Expect")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Upgrade")]
    [InlineData("Cookie")]
    [InlineData("Set-Cookie")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Proxy-Connection")]
    [InlineData("proxy-x")]
    [InlineData("webhook-id")]
    [InlineData("Webhook-Signature")]
    [InlineData("webhook-anything")]
    [InlineData("ce-id")]
    [InlineData("User-Agent")]
    [InlineData("traceparent")]
    [InlineData("tracestate")]
    [InlineData("baggage")]
    [InlineData("X-Hub-Signature-256")]
    [InlineData("x-hub-signature-256")]
    public void A_name_that_is_ours_or_belongs_to_HTTP_is_refused(string name) =>
        CustomHeaders.Check(name, "v", ["X-Hub-Signature-256"])!.Rule.Should().Be("header.reserved");

    [Theory]
    [InlineData("If-Match", "no quotes")]
    [InlineData("Expires", "Sun, 18 Oct 2026 12:00:00 GMT")] // a content header
    [InlineData("Authorization", "=secret")]
    [InlineData("Authorization", "")]
    public void A_value_that_HTTP_would_refuse_at_every_attempt_is_refused_at_once(string name, string value)
    {
        var error = CustomHeaders.Check(name, value, [])!;

        error.Rule.Should().Be("header.value");
        error.ToString().Should().NotContain("secret");
    }

    [Fact]
    public void Another_profiles_header_is_not_reserved() => CustomHeaders.Check("X-Hub-Signature-256", "v", ["Stripe-Signature"]).Should().BeNull();

    [Fact]
    public void An_error_names_the_header_and_never_repeats_its_value()
    {
        var error = CustomHeaders.Check("X-Api-Key", "hunter2\n", [])!;
        error.Member.Should().Be("headers.X-Api-Key");
        error.ToString().Should().NotContain("hunter2");
        CustomHeaders.Check("X\r\nY", "v", [])!.Member.Should().Be("headers.XY");
    }

    [Fact]
    public void What_passes_can_be_sent_and_nothing_throws() => Properties.ForAll(Gen.Zip(Generate.Garbage, Generate.Garbage), header =>
    {
        var (name, value) = header;
        using var request = new HttpRequestMessage();
        return CustomHeaders.Check(name, value, []) is not null || request.Headers.TryAddWithoutValidation(name, value);
    });
}

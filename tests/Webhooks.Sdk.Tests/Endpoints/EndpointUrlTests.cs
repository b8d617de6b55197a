using FsCheck.Fluent;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Endpoints;

public sealed class EndpointUrlTests
{
    private static readonly AddressRules Public = new(new NetworkOptions());
    private static readonly AddressRules Private = new(new NetworkOptions { AllowPrivateNetworks = true });

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("https://example.com/")]
    [InlineData("HTTPS://EXAMPLE.com/Hooks?a=b&c=%20")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://8.8.8.8:8443/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://[2606:4700:4700::1111]:8443/x")]
    [InlineData("https://straße.de/")]
    [InlineData("https://xn--strae-oqa.de/")]
    [InlineData("https://例え.jp/")]
    [InlineData("https://cafe\u0301.fr/")] // e and a combining accent
    [InlineData("https://example.com./")]
    [InlineData("https://172.32.0.1/")]
    [InlineData("https://100.128.0.1/")]
    [InlineData("https://example.com:1/")]
    [InlineData("https://example.com:443/")]
    [InlineData("https://example.com:65535/")]
    [InlineData("https://my_host.example.com/")]
    [InlineData("https://localhost.example.com/")]
    [InlineData("https://10.0.0.1.example.com/")]
    [InlineData("https://example.com/p@th")]
    [InlineData("https://example.com/?to=http://127.0.0.1/")]
    [InlineData("https://example.com?x")]
    public void A_public_https_URL_is_allowed(string url)
    {
        var (parsed, error) = EndpointUrl.Parse(url, EndpointUrlRule.HttpsOnly, Public);
        error.Should().BeNull();
        parsed!.Scheme.Should().Be("https");
    }

    [Theory]
    [InlineData(null, "url.empty")]
    [InlineData("", "url.empty")]
    [InlineData(" ", "url.white_space")]
    [InlineData(" https://example.com/", "url.white_space")]
    [InlineData("https://example.com/\n", "url.white_space")]
    [InlineData("https://exa\tmple.com/", "url.white_space")]
    [InlineData("https://example.com/\0", "url.white_space")]
    [InlineData("https://example.com/\u007f", "url.white_space")]
    [InlineData("https://example\u00a0.com/", "url.white_space")] // parses, and throws at send
    [InlineData("https://example.com/\u2028", "url.white_space")]
    [InlineData("http://example.com\\@127.0.0.1", "url.backslash")] // System.Uri reads 127.0.0.1
    [InlineData("\\\\host\\share", "url.backslash")]
    [InlineData("https:\\\\example.com", "url.backslash")]
    [InlineData("/etc/passwd", "url.not_absolute")] // System.Uri reads file:
    [InlineData("//127.0.0.1/", "url.not_absolute")]
    [InlineData("example.com", "url.not_absolute")]
    [InlineData("https:example.com", "url.not_absolute")]
    [InlineData("https:/example.com", "url.not_absolute")]
    [InlineData("https://", "url.not_absolute")]
    [InlineData("https:///path", "url.not_absolute")]
    [InlineData("https://?x", "url.not_absolute")]
    [InlineData("https://a..b/", "url.not_absolute")]
    [InlineData("http://example.com/", "url.scheme")]
    [InlineData("ftp://example.com/", "url.scheme")]
    [InlineData("file:///etc/passwd", "url.not_absolute")]
    [InlineData("file://host/share", "url.scheme")]
    [InlineData("gopher://example.com/", "url.scheme")]
    [InlineData("httpss://example.com/", "url.scheme")]
    [InlineData("https://user:password@example.com/", "url.userinfo")]
    [InlineData("https://user@example.com/", "url.userinfo")]
    [InlineData("https://@example.com/", "url.userinfo")]
    [InlineData("https://example.com#@127.0.0.1/", "url.fragment")]
    [InlineData("https://example.com/#", "url.fragment")]
    [InlineData("https://example.com/a#b", "url.fragment")]
    [InlineData("https://example.com:0/", "url.port")]
    [InlineData("https://example.com:00/", "url.port")]
    [InlineData("https://example.com:65536/", "url.port")]
    [InlineData("https://example.com:-1/", "url.port")]
    [InlineData("https://example.com:+1/", "url.port")]
    [InlineData("https://example.com:/", "url.port")]
    [InlineData("https://example.com:x/", "url.port")]
    [InlineData("https://[2606:4700::1]]/", "url.port")] // System.Uri takes it
    [InlineData("https://[::1]]/", "url.port")]
    [InlineData("https://[::1", "url.port")]
    [InlineData("https://[fe80::1%25eth0]/", "url.scope_id")]
    [InlineData("https://[fe80::1%1]/", "url.scope_id")]
    [InlineData("https://2130706433/", "url.host_number")]
    [InlineData("https://017700000001/", "url.host_number")]
    [InlineData("https://0x7f000001/", "url.host_number")]
    [InlineData("https://0x7f.1/", "url.host_number")]
    [InlineData("https://0177.0.0.1/", "url.host_number")]
    [InlineData("https://127.1/", "url.host_number")]
    [InlineData("https://127.0.1/", "url.host_number")]
    [InlineData("https://127.0.0.1./", "url.host_number")]
    [InlineData("https://8.8.8.8./", "url.host_number")]
    [InlineData("https://08.8.8.8/", "url.host_number")]
    [InlineData("https://256.0.0.1/", "url.host_number")]
    [InlineData("https://1.2.3.4.5/", "url.host_number")]
    [InlineData("https://example.123/", "url.host_number")]
    [InlineData("https://example.0x1f/", "url.host_number")]
    [InlineData("https://①②⑦.⓪.⓪.①/", "url.host_character")]
    [InlineData("https://127。0。0。1/", "url.host_character")]
    [InlineData("https://127．0．0．1/", "url.host_character")]
    [InlineData("https://１２７.0.0.1/", "url.host_character")]
    [InlineData("https://١٢٧.0.0.1/", "url.host_character")] // Arabic digits
    [InlineData("https://ｌｏｃａｌｈｏｓｔ/", "url.host_character")]
    [InlineData("https://ⓛocalhost.com/", "url.host_character")]
    [InlineData("https://exam\u00adple.com/", "url.host_character")] // soft hyphen
    [InlineData("https://exam\u200bple.com/", "url.host_character")] // zero-width space
    [InlineData("https://exam%70le.com/", "url.host_character")]
    [InlineData("https://example.com:443:80/", "url.host_character")]
    [InlineData("https://exa,mple.com/", "url.host_character")]
    [InlineData("https://example.com;x/", "url.host_character")]
    [InlineData("https://*.example.com/", "url.host_character")]
    [InlineData("https://😀.com/", "url.host_character")]
    [InlineData("https://\u3164.com/", "url.host_character")] // a letter that IDN forbids: Uri.IdnHost throws
    [InlineData("https://127.0.0.1/", "url.private_address")]
    [InlineData("https://127.0.0.1:8443/", "url.private_address")]
    [InlineData("https://10.1.2.3/", "url.private_address")]
    [InlineData("https://169.254.169.254/latest/meta-data", "url.private_address")]
    [InlineData("https://168.63.129.16/", "url.private_address")]
    [InlineData("https://0.0.0.0/", "url.private_address")]
    [InlineData("https://[::1]/", "url.private_address")]
    [InlineData("https://[::]/", "url.private_address")]
    [InlineData("https://[::ffff:127.0.0.1]/", "url.private_address")]
    [InlineData("https://[64:ff9b::7f00:1]/", "url.private_address")]
    [InlineData("https://[fd00::1]/", "url.private_address")]
    [InlineData("https://localhost/", "url.local_name")]
    [InlineData("https://LOCALHOST/", "url.local_name")]
    [InlineData("https://localhost./", "url.local_name")]
    [InlineData("https://a.localhost/", "url.local_name")]
    [InlineData("https://printer.local/", "url.local_name")]
    [InlineData("https://printer.LOCAL./", "url.local_name")]
    [InlineData("https://metadata.google.internal/", "url.local_name")]
    [InlineData("https://nas.lan/", "url.local_name")]
    [InlineData("https://nas.home.arpa/", "url.local_name")]
    [InlineData("https://intranet/", "url.local_name")]
    [InlineData("https://intranet:8443/", "url.local_name")]
    [InlineData("https://com./", "url.local_name")]
    public void Every_other_URL_is_refused_by_its_rule(string? url, string rule)
    {
        var (parsed, error) = EndpointUrl.Parse(url, EndpointUrlRule.HttpsOnly, Public);
        parsed.Should().BeNull();
        error!.Rule.Should().Be(rule);
        error.Member.Should().Be("url");
    }

    [Theory]
    [InlineData("https://user:hunter2@example.com/")]
    [InlineData("https://example.com:x/?token=hunter2")]
    [InlineData("https://localhost/?token=hunter2")]
    public void An_error_repeats_neither_a_password_nor_the_query(string url) =>
        EndpointUrl.Parse(url, EndpointUrlRule.HttpsOnly, Public).Error!.ToString().Should().NotContain("hunter2");

    [Theory]
    [InlineData("https://2130706433/", "127.0.0.1")]
    [InlineData("https://10.1.2.3/", "10.1.2.3")]
    [InlineData("https://printer.local/", "'printer.local'")]
    [InlineData("https://①.com/", "U+2460")]
    [InlineData("https://example.com:99999/", "':99999'")]
    [InlineData("ftp://example.com/", "'ftp'")]
    [InlineData("https://a b/", "position 9")]
    public void An_error_names_the_offending_part(string url, string part) =>
        EndpointUrl.Parse(url, EndpointUrlRule.HttpsOnly, Public).Error!.Message.Should().Contain(part);

    [Fact]
    public void A_URL_has_at_most_2048_characters()
    {
        var longest = "https://example.com/".PadRight(2048, 'x');
        EndpointUrl.Parse(longest, EndpointUrlRule.HttpsOnly, Public).Error.Should().BeNull();
        EndpointUrl.Parse(longest + "x", EndpointUrlRule.HttpsOnly, Public).Error!.Rule.Should().Be("url.too_long");
    }

    [Fact]
    public void A_profile_may_allow_plain_http()
    {
        EndpointUrl.Parse("http://example.com/", EndpointUrlRule.HttpOrHttps, Public).Error.Should().BeNull();
        EndpointUrl.Parse("http://127.0.0.1/", EndpointUrlRule.HttpOrHttps, Public).Error!.Rule.Should().Be("url.private_address");
        EndpointUrl.Parse("ftp://example.com/", EndpointUrlRule.HttpOrHttps, Public).Error!.Rule.Should().Be("url.scheme");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/", null)]
    [InlineData("http://localhost:5000/", null)]
    [InlineData("https://intranet/", null)]
    [InlineData("http://[::1]:5000/", null)]
    [InlineData("http://127.1/", "url.host_number")]
    [InlineData("http://127.0.0.1\\@x/", "url.backslash")]
    [InlineData("http://u@localhost/", "url.userinfo")]
    [InlineData("file://localhost/etc/passwd", "url.scheme")]
    public void AllowPrivateNetworks_opens_addresses_names_and_http_but_no_other_rule(string url, string? rule) =>
        (EndpointUrl.Parse(url, EndpointUrlRule.HttpsOnly, Private).Error?.Rule).Should().Be(rule);

    [Theory]
    [InlineData("https://hooks.internal/", null)]
    [InlineData("https://Hooks.Internal./", null)]
    [InlineData("https://other.internal/", "url.local_name")]
    [InlineData("http://hooks.internal/", "url.scheme")]
    public void AllowedHosts_opens_those_names_only(string url, string? rule)
    {
        var options = new NetworkOptions();
        options.AllowedHosts.Add("hooks.internal");
        (EndpointUrl.Parse(url, EndpointUrlRule.HttpsOnly, new AddressRules(options)).Error?.Rule).Should().Be(rule);
    }

    [Theory]
    [InlineData("https://10.1.2.3/", null)]
    [InlineData("https://10.2.2.3/", "url.private_address")]
    [InlineData("https://8.8.8.8/", "url.private_address")]
    [InlineData("https://8.8.4.4/", null)]
    public void AllowedNetworks_and_DeniedNetworks_decide_about_literal_addresses(string url, string? rule)
    {
        var options = new NetworkOptions();
        options.AllowedNetworks.Add("10.1.0.0/16");
        options.DeniedNetworks.Add("8.8.8.0/24");
        (EndpointUrl.Parse(url, EndpointUrlRule.HttpsOnly, new AddressRules(options)).Error?.Rule).Should().Be(rule);
    }

    [Fact]
    public void No_string_throws_and_what_is_allowed_is_absolute_public_https()
    {
        string[] pieces =
        [
            "https://", "http://", "example.com", "127.0.0.1", "localhost", "[", "]", "::1", "@", ":", "/", "\\", "#", "?", "%", "0x7f", "1", ".", "。", "①",
            "é", "ß", "İ", "ſ", "xn--", "\u0301", "\u3164", "-", "_", "a", ":443", "\ud800",
        ];
        Properties.ForAll(
            Gen.OneOf(Generate.Garbage, Generate.From(pieces), Generate.From(pieces).Select(t => "https://" + t), Generate.Garbage.Select(t => $"https://{t}.com/")),
            text =>
            {
                var (url, error) = EndpointUrl.Parse(text, EndpointUrlRule.HttpsOnly, Public);
                return (url is null) == (error is not null)
                    && (url is null || (url.IsAbsoluteUri && url.Scheme == "https" && url.IdnHost.All(char.IsAscii) && url.IdnHost.Contains('.') && url.UserInfo.Length == 0));
            });
    }
}

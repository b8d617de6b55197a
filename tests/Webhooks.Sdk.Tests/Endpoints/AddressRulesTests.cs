using System.Net;
using Webhooks.Sdk.Endpoints;

namespace Webhooks.Sdk.Tests.Endpoints;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData(null, "0.0.0.0", "0.255.255.255", "1.0.0.0")]
    [InlineData("9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0")]
    [InlineData("100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0")]
    [InlineData("126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0")]
    [InlineData("169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0")]
    [InlineData("168.63.129.15", "168.63.129.16", "168.63.129.16", "168.63.129.17")]
    [InlineData("172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0")]
    [InlineData("191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0")]
    [InlineData("192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0")]
    [InlineData("192.88.98.255", "192.88.99.0", "192.88.99.255", "192.88.100.0")]
    [InlineData("192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0")]
    [InlineData("198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0")]
    [InlineData("198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0")]
    [InlineData("203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0")]
    [InlineData("223.255.255.255", "224.0.0.0", "239.255.255.255", null)]
    [InlineData(null, "240.0.0.0", "255.255.255.255", null)]
    [InlineData(null, "::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2000::")]
    [InlineData("2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::")]
    [InlineData("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::")]
    [InlineData("2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2003::")]
    [InlineData("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::")]
    [InlineData("3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null)]
    public void Each_special_network_is_refused_from_its_first_address_to_its_last(string? before, string first, string last, string? after)
    {
        IsGlobal(first).Should().BeFalse();
        IsGlobal(last).Should().BeFalse();
        (before is null || IsGlobal(before)).Should().BeTrue();
        (after is null || IsGlobal(after)).Should().BeTrue();

        // The IPv4-mapped form is judged as its prefix is, whatever is inside.
        foreach (var v4 in new[] { before, first, last, after }.Where(a => a is not null && !a.Contains(':')))
        {
            IsGlobal($"::ffff:{v4}").Should().BeFalse();
        }
    }

    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")] // IPv4-compatible
    [InlineData("::8.8.8.8")]
    [InlineData("::ffff:127.0.0.1")] // mapped
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::ffff:0:127.0.0.1")] // SIIT
    [InlineData("::ffff:0:8.8.8.8")]
    [InlineData("64:ff9b::127.0.0.1")] // NAT64
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("64:ff9b:1::a00:1")] // local NAT64
    [InlineData("2002:7f00:1::")] // 6to4 of 127.0.0.1
    [InlineData("2002:808:808::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")] // Teredo
    [InlineData("2606:4700::5efe:10.0.0.1")] // ISATAP in a public prefix
    [InlineData("2606:4700::200:5efe:8.8.8.8")]
    [InlineData("fe80::5efe:10.0.0.1")]
    [InlineData("fe80::1")] // link-local
    [InlineData("fe80::1%1")]
    [InlineData("2606:4700::1111%1")] // an interface of the sender
    [InlineData("fec0::1")]
    [InlineData("fc00::1")] // unique local
    [InlineData("fd00:ec2::254")] // a cloud's metadata service
    [InlineData("ff02::1")] // multicast
    [InlineData("100::1")] // discard
    [InlineData("169.254.169.254")]
    public void Addresses_that_are_local_or_embed_another_are_refused(string address) => IsGlobal(address).Should().BeFalse();

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:81b::200e")]
    [InlineData("2606:4700::5eff:a00:1")] // one off ISATAP
    [InlineData("2606:4700::300:5efe:a00:1")]
    public void The_public_internet_is_allowed(string address) => Rules().Allows("example.com", IPAddress.Parse(address)).Should().BeTrue();

    [Fact]
    public void A_host_may_open_all_networks()
    {
        var rules = Rules(o => o.AllowPrivateNetworks = true);
        rules.Allows("x", IPAddress.Loopback).Should().BeTrue();
        rules.Allows("x", IPAddress.IPv6Loopback).Should().BeTrue();
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.2.0.0", false)]
    [InlineData("fd00:1::5", true)]
    [InlineData("fd00:2::5", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("8.8.8.8", true)]
    public void A_host_may_open_named_networks(string address, bool allowed) =>
        Rules(o => Add(o.AllowedNetworks, "10.1.0.0/16", "FD00:1:0::/32")).Allows("x", IPAddress.Parse(address)).Should().Be(allowed);

    [Theory]
    [InlineData("hooks.internal", true)]
    [InlineData("HOOKS.Internal", true)]
    [InlineData("hooks.internal.", true)]
    [InlineData("x.hooks.internal", false)]
    [InlineData("internal", false)]
    public void A_host_may_open_named_hosts(string host, bool allowed)
    {
        var rules = Rules(o => o.AllowedHosts.Add("hooks.internal."));
        rules.AllowsHost(host).Should().Be(allowed);
        rules.Allows(host, IPAddress.Parse("10.0.0.1")).Should().Be(allowed);
    }

    [Fact]
    public void What_is_denied_stays_denied_whatever_else_is_allowed()
    {
        var rules = Rules(o =>
        {
            o.AllowPrivateNetworks = true;
            o.AllowedHosts.Add("x");
            Add(o.AllowedNetworks, "8.8.8.0/24");
            Add(o.DeniedNetworks, "8.8.8.8/32", "2606:4700::/32");
        });

        rules.Allows("x", IPAddress.Parse("8.8.8.8")).Should().BeFalse();
        rules.Allows("x", IPAddress.Parse("::ffff:8.8.8.8")).Should().BeFalse();
        rules.Allows("x", IPAddress.Parse("2606:4700::1")).Should().BeFalse();
        rules.Allows("x", IPAddress.Parse("8.8.8.9")).Should().BeTrue();
    }

    [Theory]
    [InlineData("10.1.0.0/8")]
    [InlineData("10.0.0.1/8")]
    [InlineData("fd00::1/8")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("intranet")]
    [InlineData("")]
    public void A_network_that_does_not_parse_is_named(string network)
    {
        FluentActions.Invoking(() => Rules(o => o.AllowedNetworks.Add(network))).Should().Throw<WebhookException>().WithMessage($"'{network}'*NetworkOptions*");
        FluentActions.Invoking(() => Rules(o => o.DeniedNetworks.Add(network))).Should().Throw<WebhookException>().WithMessage($"'{network}'*");
    }

    private static bool IsGlobal(string address)
    {
        var parsed = IPAddress.Parse(address);
        var global = AddressRules.IsGlobalUnicast(parsed);
        Rules().Allows("example.com", parsed).Should().Be(global, "nothing is opened by default");
        return global;
    }

    private static AddressRules Rules(Action<NetworkOptions>? configure = null)
    {
        var options = new NetworkOptions();
        configure?.Invoke(options);
        return new AddressRules(options);
    }

    private static void Add(IList<string> list, params string[] items) => Array.ForEach(items, list.Add);
}

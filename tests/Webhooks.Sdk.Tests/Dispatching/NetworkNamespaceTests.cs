using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>
/// The guard against real addresses. A network namespace has the metadata service's address, private ones and public ones on its loopback, and a
/// listener on all of them; the kernel counts the connections that are begun.
/// </summary>
public sealed class NetworkNamespaceTests
{
    private const int Port = 8080;

    private static readonly string[] Public = ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"];

    private static readonly string[] Denied =
    [
        "169.254.169.254", "169.254.170.2", "168.63.129.16", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "192.0.0.192", "198.18.0.1", "203.0.113.1",
        "fd00::1", "fd00:ec2::254", "fec0::1", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "2001:db8::1", "2001:0:a9fe:a9fe::1",
    ];

    // Other spellings of this machine and of the addresses above.
    private static readonly string[] DeniedForms =
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:8.8.8.8]", "2130706433", "0x7f.1", "0251.0376.0251.0376",
    ];

    [Fact]
    public async Task No_denied_address_gets_a_connection_and_every_public_one_does()
    {
        await SkipWithoutNamespaceAsync();

        var lines = await Probe.InNamespaceAsync(
            [.. Public, .. Denied], ["--listen", $"{Port}", .. Public.Select(Url), .. Denied.Select(Url), .. DeniedForms.Select(Url)]);

        lines.Should().HaveCount(Public.Length + Denied.Length + DeniedForms.Length);
        lines.Take(Public.Length).Should().Equal(Public.Select(a => new Probe.Line(Url(a), "None", 200, 1, a)));
        lines.Skip(Public.Length).Should().Equal([.. Denied.Concat(DeniedForms).Select(a => new Probe.Line(Url(a), "AddressRefused", 0, 0, ""))]);
    }

    [Fact]
    public async Task The_same_addresses_answer_when_private_networks_are_allowed()
    {
        // So it is the guard that keeps them from being called above, and not the network.
        await SkipWithoutNamespaceAsync();

        var lines = await Probe.InNamespaceAsync([.. Public, .. Denied], ["--allow-private", "--listen", $"{Port}", .. Denied.Select(Url), .. DeniedForms.Select(Url)]);

        lines.Take(Denied.Length).Should().Equal(Denied.Select(a => new Probe.Line(Url(a), "None", 200, 1, a)));
        lines.Skip(Denied.Length).Should().HaveCount(DeniedForms.Length).And.OnlyContain(l => l.Status == 200 && l.ConnectionsBegun == 1);
    }

    [Fact]
    public async Task A_name_is_called_only_while_all_of_its_addresses_are_public()
    {
        await SkipWithoutNamespaceAsync();
        const string Rebinding = "http://rebind.example:8080/";
        const string Mixed = "http://mixed.example:8080/";

        var lines = await Probe.InNamespaceAsync(
            [.. Public, .. Denied],
            "--listen", $"{Port}",
            "--answer", "rebind.example=8.8.8.8/169.254.169.254",
            "--answer", "mixed.example=8.8.8.8,10.0.0.1/10.0.0.1,8.8.8.8/8.8.8.8,172.32.0.1",
            Rebinding, Rebinding, Mixed, Mixed, Mixed);

        lines.Should().Equal(
            new(Rebinding, "None", 200, 1, "8.8.8.8"),
            new(Rebinding, "AddressRefused", 0, 0, ""),
            new(Mixed, "AddressRefused", 0, 0, ""),
            new(Mixed, "AddressRefused", 0, 0, ""),
            new(Mixed, "None", 200, 1, "8.8.8.8"));
    }

    private static string Url(string host) => $"http://{(host.Contains(':') && host[0] != '[' ? $"[{host}]" : host)}:{Port}/";

    private static async Task SkipWithoutNamespaceAsync()
    {
        if (await Probe.WhyNoNamespaceAsync() is { } why)
        {
            Assert.Skip($"skipped: {why}");
        }
    }
}

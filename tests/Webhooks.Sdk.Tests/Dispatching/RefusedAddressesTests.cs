using System.Net;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>Every denied IPv4 network, in every spelling that IPv6 has for it, as what an innocent name resolves to.</summary>
public sealed class RefusedAddressesTests
{
    private static readonly string[] Denied =
    [
        "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "168.63.129.16", "169.254.169.254", "172.16.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1",
        "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    ];

    private static readonly IPAddress[] Public = [IPAddress.Parse("8.8.8.8"), IPAddress.Parse("2606:4700:4700::1111"), IPAddress.Parse("1.1.1.1")];

    public static TheoryData<string, string> EverySpelling
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var v4 in Denied)
            {
                rows.Add("plain", v4);
                foreach (var (name, address) in EmbeddedIPv4.SpellingsOf(IPAddress.Parse(v4)))
                {
                    rows.Add(name, address.ToString());
                }
            }

            return rows;
        }
    }

    public static TheoryData<string> EveryDenied => [.. Denied];

    [Theory]
    [MemberData(nameof(EverySpelling))]
    public async Task A_name_that_resolves_to_a_denied_address_is_refused_and_nothing_is_connected(string spelling, string address)
    {
        var (result, connections) = await SendAsync([IPAddress.Parse(address)]);

        result.ShouldBeError(AttemptError.AddressRefused);
        connections.Should().Be(0, spelling);
    }

    [Theory]
    [MemberData(nameof(EveryDenied))]
    public async Task One_denied_address_among_allowed_ones_refuses_all_wherever_it_stands(string address)
    {
        for (var at = 0; at <= Public.Length; at++)
        {
            var (result, connections) = await SendAsync([.. Public[..at], IPAddress.Parse(address), .. Public[at..]]);

            result.ShouldBeError(AttemptError.AddressRefused);
            connections.Should().Be(0);
        }
    }

    [Fact]
    public async Task An_address_that_is_allowed_is_connected_and_the_watch_sees_it()
    {
        // So a count of zero above means something.
        using var watch = new ConnectWatch();
        await using var server = RawServer.Answering(RawConnection.Ok);
        await using var sender = Sender.Guarded(
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), w => w.ConfigureNetwork(o => o.AllowedNetworks.Add("127.0.0.1/32")));

        (await sender.SendAsync(new Uri($"http://innocent.example:{server.Port}/"))).ShouldBeAnswer(200);

        watch.BegunTo(server.Port).Should().Be(1);
    }

    // The server's port is nobody else's while it listens, so connections that other tests begin are not counted.
    private static async Task<(AttemptResult Result, int Connections)> SendAsync(IPAddress[] answers)
    {
        using var watch = new ConnectWatch();
        await using var server = RawServer.Answering(RawConnection.Ok);
        await using var sender = Sender.Guarded((_, _) => Task.FromResult(answers));
        var result = await sender.SendAsync(new Uri($"http://innocent.example:{server.Port}/"));
        return (result, watch.BegunTo(server.Port));
    }
}

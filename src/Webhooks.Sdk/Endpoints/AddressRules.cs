using System.Net;
using System.Net.Sockets;

namespace Webhooks.Sdk.Endpoints;

/// <summary>
/// Decides which addresses may be called: global unicast only, unless the host opens more.
/// Sources: the IANA special-purpose address registries (RFC 6890 and its updates).
/// </summary>
public sealed class AddressRules
{
    private static readonly IPNetwork[] SpecialV4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32"); // a cloud's metadata and DNS service on an address that looks public

    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    // 2001::/23 holds Teredo, 2002::/16 is 6to4: both embed an IPv4 address. 2001:db8 and 3fff are documentation.
    private static readonly IPNetwork[] SpecialV6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private readonly IPNetwork[] _allowed;
    private readonly IPNetwork[] _denied;
    private readonly HashSet<string> _allowedHosts;

    /// <summary>Reads the options. A network that does not parse is an error that names it.</summary>
    public AddressRules(NetworkOptions options)
    {
        AllowsPrivateNetworks = options.AllowPrivateNetworks;
        _allowed = Parse([.. options.AllowedNetworks]);
        _denied = Parse([.. options.DeniedNetworks]);
        _allowedHosts = new(options.AllowedHosts.Select(h => h.TrimEnd('.')), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The host called <c>AllowPrivateNetworks()</c>.</summary>
    public bool AllowsPrivateNetworks { get; }

    /// <summary>The host named this host name as callable, whatever it resolves to.</summary>
    public bool AllowsHost(string host) => _allowedHosts.Contains(host.TrimEnd('.'));

    /// <summary>May this address, an answer for <paramref name="host"/>, be connected to?</summary>
    public bool Allows(string host, IPAddress address)
    {
        // The host's own lists speak of an IPv4-mapped address by its IPv4.
        var listed = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !IsIn(_denied, listed)
            && (AllowsPrivateNetworks || AllowsHost(host) || IsIn(_allowed, listed) || IsGlobalUnicast(address));
    }

    /// <summary>True for an address of the public internet.</summary>
    public static bool IsGlobalUnicast(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !IsIn(SpecialV4, address),

        // Mapped ones first: IPNetwork takes them for their IPv4 and then finds ::ffff:10.0.0.1 in 2000::/3 (.NET 10).
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6
            && GlobalV6.Contains(address) && !IsIn(SpecialV6, address) && address.ScopeId == 0 && !IsIsatap(address),
        _ => false,
    };

    // ISATAP (RFC 5214) puts ::0:5efe:a.b.c.d or ::200:5efe:a.b.c.d into the interface half of any prefix.
    private static bool IsIsatap(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(Parse)];

    // TryParse drops bits behind the prefix (.NET 10), and 10.1.0.0/8 for 10.1.0.0/16 would open more than was meant.
    private static IPNetwork Parse(string text) =>
        IPNetwork.TryParse(text, out var network) && IPAddress.Parse(text.AsSpan(0, text.IndexOf('/'))).Equals(network.BaseAddress)
            ? network
            : throw new WebhookException(
                $"'{text}' is not a network. Write it as CIDR with no bits set behind the prefix, for example 10.1.0.0/16 (NetworkOptions).");
}

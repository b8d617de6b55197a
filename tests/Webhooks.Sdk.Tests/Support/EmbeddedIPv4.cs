using System.Net;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>The ways in which an IPv6 address can hold an IPv4 one.</summary>
internal static class EmbeddedIPv4
{
    public static IEnumerable<(string Name, IPAddress Address)> SpellingsOf(IPAddress v4)
    {
        var b = v4.GetAddressBytes();
        yield return ("mapped, RFC 4291", Make("00000000000000000000ffff", b));
        yield return ("compatible, RFC 4291", Make("000000000000000000000000", b));
        yield return ("SIIT, RFC 2765", Make("0000000000000000ffff0000", b));
        yield return ("NAT64, RFC 6052", Make("0064ff9b0000000000000000", b));
        yield return ("6to4, RFC 3056", Make("2002", b, "00000000000000000001"));
        yield return ("Teredo server, RFC 4380", Make("20010000", b, "8000000000000000"));
        yield return ("Teredo client, RFC 4380", Make("200100000808080880000000", [.. b.Select(x => (byte)~x)]));
        yield return ("ISATAP, RFC 5214", Make("260647000000000000005efe", b));
        yield return ("ISATAP with the universal bit, RFC 5214", Make("260647000000000002005efe", b));
    }

    private static IPAddress Make(string before, byte[] v4, string after = "") =>
        new([.. Convert.FromHexString(before), .. v4, .. Convert.FromHexString(after)]);
}

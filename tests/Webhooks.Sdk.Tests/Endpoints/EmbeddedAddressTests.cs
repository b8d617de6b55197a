using System.Net;
using FsCheck.Fluent;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Endpoints;

public sealed class EmbeddedAddressTests
{
    [Fact]
    public void No_IPv4_address_at_all_gets_through_inside_an_IPv6_address()
    {
        var rules = new AddressRules(new NetworkOptions());
        Properties.ForAll(Gen.Choose(0, 255).ArrayOf(4), bytes =>
            EmbeddedIPv4.SpellingsOf(new IPAddress([.. bytes.Select(b => (byte)b)])).All(s => !rules.Allows("innocent.example", s.Address)));
    }
}

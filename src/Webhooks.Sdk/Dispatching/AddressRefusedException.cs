using System.Net;

namespace Webhooks.Sdk.Dispatching;

/// <summary>A host name resolved to an address that may not be called.</summary>
internal sealed class AddressRefusedException(string host, IPAddress address)
    : IOException($"'{host}' resolves to {address}, which may not be called. To allow it: AllowPrivateNetworks() or NetworkOptions.AllowedNetworks.");

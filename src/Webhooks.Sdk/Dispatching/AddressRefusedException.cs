namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// A host is, or resolves to, an address that may not be called. Which address that is stays here: the subscriber reads this text, and the names
/// of the host's own network are not the subscriber's to look up.
/// </summary>
internal sealed class AddressRefusedException(string host)
    : IOException($"'{host}' leads to an address that may not be called. To allow it: AllowPrivateNetworks() or NetworkOptions.AllowedNetworks.");

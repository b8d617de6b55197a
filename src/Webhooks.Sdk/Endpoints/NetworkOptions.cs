namespace Webhooks.Sdk.Endpoints;

/// <summary>Which addresses may be called. The default is the public internet and nothing else.</summary>
public sealed class NetworkOptions
{
    /// <summary>
    /// Every address may be called, loopback and the host's own network too, and plain <c>http</c> is allowed.
    /// For tests and closed intranets; logged as a warning at start. Default false.
    /// </summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Networks (CIDR, <c>10.1.0.0/16</c>) that may be called although they are not public.</summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Host names that may be registered and called whatever they resolve to, for example <c>hooks.internal</c>.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Networks (CIDR) that may not be called although they are public. Wins over everything above.</summary>
    public IList<string> DeniedNetworks { get; } = [];
}

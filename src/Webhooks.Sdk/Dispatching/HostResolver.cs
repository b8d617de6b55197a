using System.Net;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Resolves a host name. The default asks the system; register another as a singleton to use your own resolver.</summary>
/// <param name="host">The host name, in ASCII.</param>
/// <param name="cancellationToken">The deadline of the connection.</param>
public delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

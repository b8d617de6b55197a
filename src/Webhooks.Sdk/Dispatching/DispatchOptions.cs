namespace Webhooks.Sdk.Dispatching;

/// <summary>How deliveries are sent.</summary>
public sealed class DispatchOptions
{
    // One batch is being stored and one is gathering, while as many requests are under way.
    internal const int UnstoredPerRequest = 2;

    /// <summary>Run the worker in this process. Default true; false for a node that only publishes.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Requests in flight at once, to all endpoints together. Twice as many results may wait to be stored, so a process that is killed has sent at
    /// most three times as many deliveries that will be sent again. Default 128.
    /// </summary>
    public int MaxConcurrency { get; set; } = 128;

    /// <summary>Requests in flight at once to one endpoint. Default 16.</summary>
    public int MaxConcurrencyPerEndpoint { get; set; } = 16;

    /// <summary>How long a claim holds. It is renewed every third of it while the delivery is in hand. Must be longer than every profile's timeout. Default 1 minute.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a durable store is asked when nobody has announced new work. Default 1 second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The part of a response body that is kept for the log, in bytes; the rest is not read. Default 4 KiB.</summary>
    public int MaxResponseBytes { get; set; } = 4096;

    /// <summary>For the TCP and TLS handshakes of one connection. Default 10 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection is closed after this time, so that a change in DNS is noticed. Default 2 minutes.</summary>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The <c>User-Agent</c> header. Default <c>Webhooks.Sdk</c>.</summary>
    public string UserAgent { get; set; } = "Webhooks.Sdk";

    /// <summary>
    /// An egress proxy that every request goes through, such as <c>http://proxy.example:3128</c>. Address rules then see the proxy only, so the
    /// proxy has to refuse private addresses. Default none; proxy settings of the environment are ignored.
    /// </summary>
    public Uri? Proxy { get; set; }

    /// <summary>When an endpoint that fails is left alone for a while.</summary>
    public CircuitBreakerOptions CircuitBreaker { get; } = new();
}

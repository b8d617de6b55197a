namespace Webhooks.Sdk.Deliveries;

/// <summary>Why an attempt got no usable answer.</summary>
public enum AttemptError
{
    /// <summary>There was an answer; its status says the rest.</summary>
    None,

    /// <summary>The deadline of the attempt passed: DNS, connect, TLS, sending and the response headers share it.</summary>
    Timeout,

    /// <summary>The host name did not resolve.</summary>
    NameResolution,

    /// <summary>The host name resolved to an address that may not be called. See <c>NetworkOptions</c>.</summary>
    AddressRefused,

    /// <summary>No connection: refused, unreachable, or timed out while connecting.</summary>
    Connect,

    /// <summary>The TLS handshake failed: a certificate that is expired, self-signed or for another host.</summary>
    Tls,

    /// <summary>The connection ended before the response headers were complete.</summary>
    ConnectionLost,

    /// <summary>The answer was not HTTP, or its headers were too large.</summary>
    InvalidResponse,

    /// <summary>The request could not be made: a header of a custom envelope or signer is invalid, or a secret cannot be decrypted.</summary>
    InvalidRequest,

    /// <summary>The host is shutting down; the attempt is not charged.</summary>
    Aborted,
}

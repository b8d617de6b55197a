using System.Security.Cryptography.X509Certificates;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>How a <see cref="WebhookReceiver"/> listens.</summary>
public sealed record WebhookReceiverOptions
{
    /// <summary>The time that requests are stamped with and that delays pass on. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Listen with TLS, for HTTP/2 and 1.1, with <see cref="Certificate"/> or one made for 127.0.0.1 and localhost.</summary>
    public bool Https { get; init; }

    /// <summary>A certificate with its private key; see <see cref="TestCertificate"/> for one that is expired or for another host.</summary>
    public X509Certificate2? Certificate { get; init; }
}

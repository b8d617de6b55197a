using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>A certificate authority that exists only here, and what it signs.</summary>
internal sealed class Certificates : IDisposable
{
    public const string HostName = "hooks.example";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 _authority = CreateAuthority();

    /// <summary>What a host trusts that knows this authority; the certificate without its key.</summary>
    public X509Certificate2 Authority => X509CertificateLoader.LoadCertificate(_authority.RawData);

    public X509Certificate2 Valid() => Sign(HostName, Now.AddDays(-1), Now.AddDays(30));

    public X509Certificate2 Expired() => Sign(HostName, Now.AddDays(-30), Now.AddDays(-1));

    public X509Certificate2 NotYetValid() => Sign(HostName, Now.AddDays(1), Now.AddDays(30));

    public X509Certificate2 ForHost(string name) => Sign(name, Now.AddDays(-1), Now.AddDays(30));

    public static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(HostName, key).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(30));
        return Usable(certificate);
    }

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Sign(string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(name, key).Create(_authority, from, to, RandomNumberGenerator.GetBytes(16));
        using var withKey = certificate.CopyWithPrivateKey(key);
        return Usable(withKey);
    }

    private static CertificateRequest Request(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static X509Certificate2 CreateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(Now.AddDays(-60), Now.AddDays(60));
        return Usable(certificate);
    }

    // Windows cannot serve TLS with a key that was never exported.
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}

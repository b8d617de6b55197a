using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>Makes certificates that nobody trusts, for tests of TLS.</summary>
public static class TestCertificate
{
    /// <summary>A self-signed certificate. Validity is judged by the system's clock, whatever time a test runs on.</summary>
    /// <param name="host">The host name or address that it is for.</param>
    /// <param name="validFor">Until when it is valid, from now; negative for one that has expired. Default a day.</param>
    public static X509Certificate2 Create(string host = "127.0.0.1", TimeSpan? validFor = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
            names.AddDnsName("localhost");
        }
        else
        {
            names.AddDnsName(host);
        }

        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var end = TimeProvider.System.GetUtcNow() + (validFor ?? TimeSpan.FromDays(1));
        using var certificate = request.CreateSelfSigned(end - TimeSpan.FromDays(2), end);

        // Loaded again because some platforms do not serve TLS with a key that was never stored.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}

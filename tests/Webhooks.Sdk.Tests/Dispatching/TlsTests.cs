using System.Net;
using System.Security.Cryptography.X509Certificates;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class TlsTests : IDisposable
{
    private static readonly HostResolver Loopback = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    private readonly Certificates _certificates = new();
    private int _requests;

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task A_private_authority_is_trusted_when_the_host_says_so()
    {
        var result = await SendAsync(_certificates.Valid(), TrustAuthority);

        result.ShouldBeAnswer(200);
        _requests.Should().Be(1);
    }

    [Fact]
    public async Task A_private_authority_is_not_trusted_otherwise() => ShouldBeRefused(await SendAsync(_certificates.Valid(), _ => { }));

    [Fact]
    public async Task A_self_signed_certificate_is_refused() => ShouldBeRefused(await SendAsync(Certificates.SelfSigned(), TrustAuthority));

    [Fact]
    public async Task An_expired_certificate_is_refused() => ShouldBeRefused(await SendAsync(_certificates.Expired(), TrustAuthority));

    [Fact]
    public async Task A_certificate_of_the_future_is_refused() => ShouldBeRefused(await SendAsync(_certificates.NotYetValid(), TrustAuthority));

    [Theory]
    [InlineData("other.example")]
    [InlineData("*.hooks.example")]
    [InlineData("127.0.0.1")]
    public async Task A_certificate_of_another_host_is_refused(string name) =>
        ShouldBeRefused(await SendAsync(_certificates.ForHost(name), TrustAuthority));

    [Fact]
    public async Task An_endpoint_that_does_not_speak_tls_is_a_tls_error()
    {
        await using var server = new RawServer(async c =>
        {
            await c.WriteAsync("HTTP/1.1 400 Plain HTTP\r\n\r\n");
            await c.HangAsync();
        });
        await using var sender = Sender.Local();

        (await sender.SendAsync(new Uri($"https://127.0.0.1:{server.Port}/"))).ShouldBeError(AttemptError.Tls);
    }

    [Fact]
    public async Task A_close_in_the_middle_of_the_handshake_is_a_tls_error()
    {
        await using var server = new RawServer(c => c.ReadBytesAsync(1));
        await using var sender = Sender.Local();

        (await sender.SendAsync(new Uri($"https://127.0.0.1:{server.Port}/"))).ShouldBeError(AttemptError.Tls);
    }

    // Nothing of the request may have left: not the path, not the signature, not the body.
    private void ShouldBeRefused(AttemptResult result)
    {
        result.ShouldBeError(AttemptError.Tls);
        result.ErrorMessage.Should().Contain("certificate");
        _requests.Should().Be(0);
    }

    private void TrustAuthority(WebhooksBuilder webhooks) => webhooks.ConfigureTls(tls => tls.CertificateChainPolicy = new X509ChainPolicy
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { _certificates.Authority },
        RevocationMode = X509RevocationMode.NoCheck,
    });

    private async Task<AttemptResult> SendAsync(X509Certificate2 certificate, Action<WebhooksBuilder> configure)
    {
        using var served = certificate;
        await using var server = new RawServer(async c =>
        {
            while (await c.ReadRequestAsync() is not null)
            {
                Interlocked.Increment(ref _requests);
                await c.WriteAsync(RawConnection.Ok);
            }
        }, served);
        await using var sender = Sender.Local(configure, Loopback);
        return await sender.SendAsync(new Uri($"https://{Certificates.HostName}:{server.Port}/hooks?token=secret"));
    }
}

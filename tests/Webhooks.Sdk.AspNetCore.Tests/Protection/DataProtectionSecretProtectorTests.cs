using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.AspNetCore.Tests.Support;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.AspNetCore.Tests.Protection;

public sealed class DataProtectionSecretProtectorTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void A_secret_comes_back_and_does_not_stand_in_what_is_stored()
    {
        var protector = Protector(new EphemeralDataProtectionProvider());

        var stored = protector.Protect(Secret);

        stored.Should().StartWith("dp1:").And.NotContain(Secret);
        protector.Unprotect(stored).Should().Be(Secret);
    }

    [Fact]
    public void A_lost_key_ring_is_an_error_that_says_what_to_do()
    {
        var stored = Protector(new EphemeralDataProtectionProvider()).Protect(Secret);
        var other = Protector(new EphemeralDataProtectionProvider());

        var read = () => other.Unprotect(stored);

        read.Should().Throw<WebhookException>().WithMessage("*PersistKeysTo*SetApplicationName*rotate*").Which.Message.Should().NotContain(Secret);
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("aes1:AAAA")]
    public void What_something_else_stored_is_an_error_that_says_so(string stored)
    {
        var read = () => Protector(new EphemeralDataProtectionProvider()).Unprotect(stored);

        read.Should().Throw<WebhookException>().WithMessage("*not encrypted with Data Protection*");
    }

    [Theory]
    [InlineData("dp1:")]
    [InlineData("dp1:AAAA")]
    [InlineData("dp1:not base64 !")]
    public void What_was_damaged_is_an_error_of_ours(string stored)
    {
        var read = () => Protector(new EphemeralDataProtectionProvider()).Unprotect(stored);

        read.Should().Throw<WebhookException>();
    }

    [Fact]
    public async Task A_host_stores_encrypted_secrets_and_signs_with_them()
    {
        await using var host = await ApiHost.StartAsync(
            w => w.ProtectSecretsWithDataProtection(), configure: b => b.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider()));
        var created = await host.SubscribeAsync();

        await host.PublishAsync();

        var stored = await host.Subscriptions.GetAsync(created["id"]!.ToString(), TestContext.Current.CancellationToken);
        stored.Secrets.Should().ContainSingle().Which.Stored.Should().StartWith("dp1:");
        host.Receiver.Requests.Single().Verify(Sdk.Profiles.WebhookProfiles.Standard, created["secret"]!.ToString()).IsVerified.Should().BeTrue();
    }

    private static IWebhookSecretProtector Protector(IDataProtectionProvider provider)
    {
        ServiceCollection services = new();
        services.AddWebhooks(w => w.ProtectSecretsWithDataProtection());
        services.AddSingleton(provider);
        return services.BuildServiceProvider().GetRequiredService<IWebhookSecretProtector>();
    }
}

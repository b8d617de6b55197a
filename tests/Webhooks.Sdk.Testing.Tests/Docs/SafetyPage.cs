using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Subscriptions;

#pragma warning disable xUnit1051 // The page leaves the test framework's cancellation token out: it is for any framework.

namespace Webhooks.Sdk.Testing.Tests.Docs;

/// <summary>The code of docs/safety.md, word for word, and run. <see cref="PagesTests"/> sees to it that it stays so.</summary>
public sealed class SafetyPage
{
    [Fact]
    public async Task An_inner_network_is_allowed_but_for_a_part_of_it_and_secrets_are_encrypted()
    {
        var key = Convert.ToBase64String(new byte[32]);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWebhooks(webhooks => webhooks
            .ConfigureNetwork(network => network.AllowedNetworks.Add("10.1.0.0/16"))
            .ConfigureNetwork(network => network.DeniedNetworks.Add("10.1.66.0/24"))
            .ProtectSecrets(Convert.FromBase64String(key)));
        using var host = builder.Build();
        var subscriptions = host.Services.GetRequiredService<IWebhookSubscriptions>();

        var inside = await subscriptions.CreateAsync(new NewSubscription { Url = "https://10.1.2.3/hooks" });
        var denied = async () => await subscriptions.CreateAsync(new NewSubscription { Url = "https://10.1.66.3/hooks" });

        inside.Subscription.Secrets[0].Stored.Should().StartWith("aes1:").And.NotContain(inside.Secret);
        (await denied.Should().ThrowAsync<WebhookValidationException>()).Which.Errors[0].Rule.Should().Be("url.private_address");
    }
}

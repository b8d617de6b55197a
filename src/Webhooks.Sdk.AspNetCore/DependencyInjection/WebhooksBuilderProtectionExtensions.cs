using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Webhooks.Sdk.AspNetCore.Protection;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Signing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Encrypts stored secrets with ASP.NET Core's Data Protection.</summary>
public static class WebhooksBuilderProtectionExtensions
{
    /// <summary>
    /// Encrypts stored secrets with the host's Data Protection keys. Those keys must outlive the process and be shared by all nodes:
    /// <c>services.AddDataProtection().PersistKeysTo…().SetApplicationName("…")</c>. Without them every stored secret is unreadable after a restart.
    /// </summary>
    public static WebhooksBuilder ProtectSecretsWithDataProtection(this WebhooksBuilder webhooks)
    {
        webhooks.Services.AddDataProtection();
        webhooks.Services.Replace(ServiceDescriptor.Singleton<IWebhookSecretProtector>(
            s => new DataProtectionSecretProtector(s.GetRequiredService<IDataProtectionProvider>())));
        return webhooks;
    }
}

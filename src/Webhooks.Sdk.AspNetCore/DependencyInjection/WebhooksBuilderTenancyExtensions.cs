using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Webhooks.Sdk.AspNetCore.Tenancy;
using Webhooks.Sdk.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Says whose webhooks a request is about, for the management API and the dashboard alike. A host that says nothing has one tenant,
/// <see cref="Webhooks.Sdk.Subscriptions.WebhookSubscription.DefaultTenant"/>. The last call wins. A tenant id in a body or a query is never read.
/// </summary>
public static class WebhooksBuilderTenancyExtensions
{
    /// <summary>Takes the tenant from the request as the host sees fit; null refuses the request with 403.</summary>
    public static WebhooksBuilder UseTenant(this WebhooksBuilder webhooks, Func<HttpContext, string?> resolve) =>
        webhooks.UseTenant(http => ValueTask.FromResult(resolve(http)));

    /// <summary>Takes the tenant from the request, with a look-up; null refuses the request with 403.</summary>
    public static WebhooksBuilder UseTenant(this WebhooksBuilder webhooks, Func<HttpContext, ValueTask<string?>> resolve)
    {
        webhooks.Services.Replace(ServiceDescriptor.Singleton(new TenantResolver(resolve)));
        return webhooks;
    }

    /// <summary>Takes the tenant from a claim of the signed-in user. A user without it, or with several different ones, is refused with 403.</summary>
    public static WebhooksBuilder UseTenantFromClaim(this WebhooksBuilder webhooks, string claimType) => webhooks.UseTenant(http =>
        http.User.FindAll(claimType).Select(c => c.Value).Distinct(StringComparer.Ordinal).Take(2).ToArray() is [var only] ? only : null);

    /// <summary>
    /// Takes the tenant from a route parameter, as in <c>app.MapGroup("/projects/{project}").MapWebhooks("/webhooks")</c>. Anybody can type another
    /// project into the address, so the authorization policy of these endpoints must check that the user belongs to it.
    /// </summary>
    public static WebhooksBuilder UseTenantFromRoute(this WebhooksBuilder webhooks, string parameter) =>
        webhooks.UseTenant(http => http.GetRouteValue(parameter) as string);
}

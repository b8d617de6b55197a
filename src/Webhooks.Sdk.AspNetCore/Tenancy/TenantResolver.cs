using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Tenancy;

/// <summary>Says whose webhooks a request is about. One for the whole host: the API and the dashboard ask the same one.</summary>
internal sealed class TenantResolver(Func<HttpContext, ValueTask<string?>> resolve)
{
    /// <summary>For hosts that registered none: they have one tenant.</summary>
    private static readonly TenantResolver Single = new(static _ => ValueTask.FromResult<string?>(WebhookSubscription.DefaultTenant));

    /// <summary>The tenant of this request; null when it has none and must be refused.</summary>
    public static async ValueTask<string?> FindTenantAsync(HttpContext http)
    {
        var resolver = http.RequestServices.GetService<TenantResolver>() ?? Single;
        var tenant = await resolver.Resolve(http);

        // What cannot be a tenant's id (empty, 300 characters, a line break) belongs to nobody, whatever route or claim it came from.
        return Identifiers.Check("tenant_id", tenant) is null ? tenant : null;
    }

    private ValueTask<string?> Resolve(HttpContext http) => resolve(http);
}

using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.AspNetCore.Management.Problems;
using Webhooks.Sdk.AspNetCore.Tenancy;

namespace Webhooks.Sdk.AspNetCore.Management.Requests;

/// <summary>What stands before every operation: where the request comes from, whose it is, and that a refusal becomes a problem document.</summary>
internal static class ApiRequest
{
    private static readonly object TenantKey = new();

    /// <summary>The tenant of a request that came through the filter.</summary>
    public static string Tenant(this HttpContext http) => (string)http.Items[TenantKey]!;

    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var http = invocation.HttpContext;

        // Of one tenant, so no shared cache may keep it; and what a receiver answered must not be sniffed into a page.
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (CrossOrigin.IsRefused(http))
        {
            return Problem.CrossOrigin();
        }

        if (await TenantResolver.FindTenantAsync(http) is not { } tenant)
        {
            return Problem.NoTenant();
        }

        http.Items[TenantKey] = tenant;
        try
        {
            return await next(invocation);
        }
        catch (WebhookException e)
        {
            return Problem.Of(e);
        }
    }
}

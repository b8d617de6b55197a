using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the management API.</summary>
public static class WebhooksEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the management API of the request's tenant: subscriptions, deliveries, failed deliveries, event types. The application does not start
    /// until <c>.RequireAuthorization(…)</c> or <c>.AllowAnonymous()</c> says who may use it.
    /// </summary>
    public static IEndpointConventionBuilder MapWebhooks(this IEndpointRouteBuilder endpoints, string prefix = "/api/webhooks") =>
        endpoints.MapGuardedGroup(prefix, $"app.MapWebhooks(\"{prefix}\")", "reads and changes the webhooks of a tenant");
}

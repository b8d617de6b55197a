using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore.Authorization;
using Webhooks.Sdk.AspNetCore.Management;
using Webhooks.Sdk.AspNetCore.Management.Deliveries;
using Webhooks.Sdk.AspNetCore.Management.Events;
using Webhooks.Sdk.AspNetCore.Management.Profiles;
using Webhooks.Sdk.AspNetCore.Management.Requests;
using Webhooks.Sdk.AspNetCore.Management.Subscriptions;
using Webhooks.Sdk.AspNetCore.OpenApi;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the management API.</summary>
public static class WebhooksEndpointRouteBuilderExtensions
{
    // Names of endpoints are unique in a host. Who maps the API twice, for two areas, gets names for the first one.
    private static readonly ConditionalWeakTable<IServiceProvider, object> Named = [];

    /// <summary>
    /// Maps the management API of the request's tenant: subscriptions, deliveries, failed deliveries, event types. The application does not start
    /// until <c>.RequireAuthorization(…)</c> or <c>.AllowAnonymous()</c> says who may use it. Its own description is at <c>/openapi.json</c> below the prefix.
    /// </summary>
    /// <param name="endpoints">The application, or a group: <c>app.MapGroup("/projects/{project}")</c>.</param>
    /// <param name="prefix">The path. Default <c>/api/webhooks</c>.</param>
    public static IEndpointConventionBuilder MapWebhooks(this IEndpointRouteBuilder endpoints, string prefix = "/api/webhooks")
    {
        var api = endpoints.MapGuardedGroup(prefix, $"app.MapWebhooks(\"{prefix}\")", "reads and changes the webhooks of a tenant");
        api.AddEndpointFilter(ApiRequest.Filter);
        SubscriptionEndpoints.Map(api);
        SubscriptionActions.Map(api);
        DeliveryEndpoints.Map(api);
        EventEndpoints.Map(api);
        ProfileEndpoints.Map(api);
        OpenApiEndpoints.Map(api);

        if (Named.TryAdd(endpoints.ServiceProvider, Named))
        {
            ((IEndpointConventionBuilder)api).Finally(endpoint =>
            {
                if (endpoint.Metadata.OfType<ApiOperation>().FirstOrDefault() is { } operation)
                {
                    endpoint.Metadata.Add(new EndpointNameMetadata($"Webhooks.{operation.Id}"));
                }
            });
        }

        return api;
    }

    /// <summary>
    /// Maps OpenAPI 3.1 documents of what this host sends, for customers to generate receivers from: in the default format at the path itself, in that
    /// of a profile below it. They name event types, schemas and examples, and no tenant. The application does not start until
    /// <c>.RequireAuthorization(…)</c> or <c>.AllowAnonymous()</c> says who may read them.
    /// </summary>
    public static IEndpointConventionBuilder MapWebhooksOpenApi(this IEndpointRouteBuilder endpoints, string path = "/openapi/webhooks")
    {
        var documents = endpoints.MapGuardedGroup(path, $"app.MapWebhooksOpenApi(\"{path}\")", "describes every event that is sent");
        OpenApiEndpoints.MapWebhooks(documents);
        return documents;
    }
}

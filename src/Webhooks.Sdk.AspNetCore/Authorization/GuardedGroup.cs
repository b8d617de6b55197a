using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.DependencyInjection;

namespace Webhooks.Sdk.AspNetCore.Authorization;

/// <summary>
/// Endpoints that keep the application from starting until the host has said who may use them. A fallback policy is no such word: it was
/// written for endpoints that nobody thought of, and "anybody who is signed in" is seldom who may manage webhooks.
/// </summary>
internal static class GuardedGroup
{
    /// <summary>Makes a group of endpoints, each of which must carry an authorization decision: its own, or that of a group around it.</summary>
    /// <param name="endpoints">Where the host maps: the application, or a group with a prefix of its own.</param>
    /// <param name="prefix">The path.</param>
    /// <param name="call">The call as the host wrote it, without the semicolon: <c>app.MapWebhooks("/api/webhooks")</c>.</param>
    /// <param name="opens">What is open to everybody without a decision: <c>reads and changes every webhook of the tenant</c>.</param>
    public static RouteGroupBuilder MapGuardedGroup(this IEndpointRouteBuilder endpoints, string prefix, string call, string opens)
    {
        var checks = endpoints.ServiceProvider.GetService<StartupChecks>()
            ?? throw new InvalidOperationException($"{call} needs the webhooks themselves: call builder.Services.AddWebhooks(…) first.");

        var group = endpoints.MapGroup(prefix);
        var mapped = endpoints.DataSources.Last();

        // Runs when endpoints are built, after every convention of every group around them.
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            if (!endpoint.Metadata.Any(IsDecision))
            {
                throw new WebhookAuthorizationMissingException(call, opens);
            }
        });

        checks.Add(started =>
        {
            if (started)
            {
                // All endpoints of the host, seen from the outside: a group around ours may hold the decision.
                _ = endpoints.ServiceProvider.GetService<EndpointDataSource>()?.Endpoints;
            }
            else if (endpoints is IApplicationBuilder)
            {
                // Nothing is around an endpoint that is mapped on the application itself: refuse before a port is opened.
                _ = mapped.Endpoints;
            }
        });
        return group;
    }

    private static bool IsDecision(object metadata) =>
        metadata is IAuthorizeData or IAllowAnonymous or AuthorizationPolicy or IAuthorizationRequirementData;
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Webhooks.Sdk.AspNetCore.Management.Problems;

namespace Webhooks.Sdk.AspNetCore.Management;

/// <summary>The name of an operation of the API, in documents and for generated clients.</summary>
internal sealed record ApiOperation(string Id);

/// <summary>Says of an operation what documents need to know.</summary>
internal static class ApiOperationExtensions
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string tag, string id, string summary, string? description = null)
    {
        endpoint.WithTags(tag).WithSummary(summary).WithMetadata(new ApiOperation(id));
        return description is null ? endpoint : endpoint.WithDescription(description);
    }

    /// <summary>The statuses with which it may refuse, beside 401 and 403, which every operation has.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<ApiProblem>(status, ApiProblem.ContentType);
        }

        return endpoint;
    }

    /// <summary>
    /// The body that it takes. Without content types: with them the router itself would answer 415, without a problem document.
    /// </summary>
    public static RouteHandlerBuilder Takes<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(this RouteHandlerBuilder endpoint, bool isOptional = false) =>
        endpoint.WithMetadata(new AcceptsMetadata([], typeof(T), isOptional)).Refuses(400, 413, 415);
}

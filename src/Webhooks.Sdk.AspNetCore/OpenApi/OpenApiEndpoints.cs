using System.ComponentModel;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore.Management;
using Webhooks.Sdk.AspNetCore.Management.Problems;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.AspNetCore.OpenApi;

/// <summary>The documents: of the API, and of what is sent.</summary>
internal static class OpenApiEndpoints
{
    private const string Tag = "OpenAPI";
    private const string ApiPath = "/openapi.json";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet(ApiPath, GetApi).Describe(Tag, "getApiDocument", "This document.").Produces<JsonObject>();
        api.MapGet("/openapi/webhooks", GetWebhooks).Describe(Tag, "getWebhooksDocument", "The document of what is sent, in the default format.").Produces<JsonObject>();
        api.MapGet("/openapi/webhooks/{profile}", GetWebhooks).Describe(Tag, "getWebhooksDocumentOfProfile", "The document of what is sent, in the format of a profile.")
            .Produces<JsonObject>().Refuses(404);
    }

    /// <summary>The documents of what is sent alone, for customers.</summary>
    public static void MapWebhooks(RouteGroupBuilder documents)
    {
        documents.MapGet("", GetWebhooks).WithTags(Tag).WithSummary("What is sent, in the default format.");
        documents.MapGet("/{profile}", GetWebhooks).WithTags(Tag).WithSummary("What is sent, in the format of a profile.");
    }

    internal static IResult GetApi(HttpContext http, EndpointDataSource endpoints)
    {
        var pattern = ((RouteEndpoint)http.GetEndpoint()!).RoutePattern.RawText!;
        var prefix = pattern[..^ApiPath.Length];
        var path = http.Request.PathBase.ToUriComponent() + http.Request.Path.ToUriComponent();
        var ours = endpoints.Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith(prefix + "/", StringComparison.Ordinal));
        return Json(ApiDocument.Of(ours, prefix, path[..^ApiPath.Length]));
    }

    internal static IResult GetWebhooks(WebhookEventCatalogue catalogue, WebhookProfileCatalogue profiles, [Description("The name of the profile.")] string? profile) =>
        (profile is null ? profiles.Default : profiles.Find(profile)) is { } found
            ? Json(WebhooksDocument.Of(catalogue, found))
            : Problem.NotFound("profile");

    // Written by itself: a JsonNode needs no serializer, and none of the host's options.
    private static ContentHttpResult Json(JsonObject document) => TypedResults.Text(document.ToJsonString(), "application/json");
}

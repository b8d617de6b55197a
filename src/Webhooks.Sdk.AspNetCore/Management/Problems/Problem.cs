using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Problems;

/// <summary>Every way in which the API refuses, in one place: status, code, words. The codes are a promise to programs.</summary>
internal static class Problem
{
    /// <summary>What the library refused. Its messages hold no secret and name what mends it.</summary>
    public static IResult Of(WebhookException exception) => exception switch
    {
        WebhookValidationException e => Broken(422, "validation", "The request breaks a rule", e.Errors),
        WebhookNotFoundException e => NotFound(e.Kind),
        WebhookConcurrencyException => Changed(),
        WebhookQueueFullException e => Make(503, "queue_full", "Too much is waiting", e.Message),
        _ => Conflict("conflict", exception.Message),
    };

    /// <summary>Unknown, or another tenant's: the answer does not say which, and does not repeat the id.</summary>
    public static IResult NotFound(string kind) => Make(404, "not_found", "Not found", $"There is no such {kind}.");

    public static IResult Changed() =>
        Make(412, "version", "Changed in between", "The subscription is at another version than If-Match says. Read it again and repeat the change.");

    public static IResult IfMatchMissing() =>
        Make(428, "if_match_missing", "If-Match is required", "Send the ETag that the subscription was read with as If-Match, or If-Match: * to change whatever is there.");

    public static IResult Conflict(string code, string detail) => Make(409, code, "Not possible in this state", detail);

    public static IResult NoTenant() =>
        Make(403, "tenant", "No tenant", "This request belongs to no tenant whose webhooks could be shown.");

    public static IResult CrossOrigin() => Make(403, "cross_origin", "Cross-origin request refused",
        "A browser sent this from another origin. If that origin is meant to use this API, allow it with a CORS policy on the endpoints: MapWebhooks(…).RequireCors(\"policy\").");

    public static IResult TooLarge(int max) => Make(413, "too_large", "The body is too large", $"The body has more than {max} bytes.");

    public static IResult NotJson() =>
        Make(415, "content_type", "The body must be JSON", "Send the body with Content-Type: application/json, in UTF-8 and not compressed.");

    public static IResult Malformed(string detail) => Make(400, "json", "The body is not valid JSON", detail);

    public static IResult BadMembers(IReadOnlyList<WebhookError> errors) => Broken(400, "members", "The body does not fit", errors);

    public static IResult BadParameter(WebhookError error) => Broken(400, "parameter", "A parameter is not valid", [error]);

    private static JsonHttpResult<ApiProblem> Broken(int status, string code, string title, IReadOnlyList<WebhookError> errors) =>
        Make(status, code, title, string.Join(" ", errors.Select(e => e.ToString())), [.. errors.Select(ApiProblemError.Of)]);

    private static JsonHttpResult<ApiProblem> Make(int status, string code, string title, string detail, IReadOnlyList<ApiProblemError>? errors = null) =>
        TypedResults.Json(new ApiProblem
        {
            Type = $"urn:webhooks-sdk:problem:{code}",
            Title = title,
            Status = status,
            Detail = detail,
            Code = code,
            Errors = errors ?? [],
        }, ApiJson.Default.ApiProblem, ApiProblem.ContentType, status);
}

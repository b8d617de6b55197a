using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.AspNetCore.Management.Problems;
using Webhooks.Sdk.AspNetCore.Management.Requests;
using Webhooks.Sdk.AspNetCore.OpenApi;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

/// <summary>Subscriptions: list, create, read, change, delete.</summary>
internal static class SubscriptionEndpoints
{
    private const string Tag = "Subscriptions";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/subscriptions", ListAsync).Describe(Tag, "listSubscriptions", "Lists subscriptions, oldest first.")
            .Produces<PageView<SubscriptionView>>().Refuses(400);
        api.MapPost("/subscriptions", CreateAsync).Describe(Tag, "createSubscription", "Creates a subscription.", "The secret is in this answer only, unless the profile keeps it readable.")
            .Takes<NewSubscriptionBody>().Produces<SubscriptionWithSecretView>(201).Refuses(422);
        api.MapGet("/subscriptions/{id}", GetAsync).Describe(Tag, "getSubscription", "Reads a subscription.")
            .Produces<SubscriptionView>().Produces(304).Refuses(404);
        api.MapPatch("/subscriptions/{id}", UpdateAsync)
            .Describe(Tag, "updateSubscription", "Changes a subscription.", "A merge patch: what is absent stays, what is null goes. Needs the ETag that it was read with as If-Match.")
            .WithMetadata(new TakesIfMatch(IsRequired: true)).Takes<SubscriptionPatchBody>().Produces<SubscriptionView>().Refuses(404, 412, 422, 428);
        api.MapDelete("/subscriptions/{id}", DeleteAsync).Describe(Tag, "deleteSubscription", "Deletes a subscription.", "What is waiting moves to the failed deliveries.")
            .WithMetadata(new TakesIfMatch(IsRequired: false)).Produces(204).Refuses(404, 412);
    }

    internal static async Task<IResult> ListAsync(
        HttpContext http,
        IWebhookSubscriptions subscriptions,
        TimeProvider time,
        [AllowedValues("enabled", "disabled", "suspended"), Description("Only those in this state.")] string? state,
        [FromQuery(Name = "page_size"), Description("Rows a page; what is out of range is clamped.")] string? pageSize,
        [Description("The previous page's next_cursor.")] string? cursor)
    {
        var wrongSize = Parameters.PageSize(pageSize, out var size);
        if ((Parameters.Word<SubscriptionState>("state", state, out var only) ?? wrongSize) is { } error)
        {
            return Problem.BadParameter(error);
        }

        var page = await subscriptions.ListAsync(
            new SubscriptionQuery { TenantId = http.Tenant(), State = only, PageSize = size, Cursor = cursor }, http.RequestAborted);
        var now = time.GetUtcNow();
        return TypedResults.Json(PageView<SubscriptionView>.Of(page, s => SubscriptionView.Of(s, now)), ApiJson.Default.PageViewSubscriptionView);
    }

    internal static async Task<IResult> CreateAsync(HttpContext http, IWebhookSubscriptions subscriptions, TimeProvider time)
    {
        var body = await RequestBody.ReadAsync(http, ApiJson.Default.NewSubscriptionBody);
        if ((body.Refusal ?? Members.RefuseNulls(body.Value.EventTypes, body.Value.Headers)) is { } refusal)
        {
            return refusal;
        }

        var created = await subscriptions.CreateAsync(body.Value.ToNew(http.Tenant()), http.RequestAborted);
        http.Response.Headers.Location = $"{http.Request.PathBase}{http.Request.Path}/{Uri.EscapeDataString(created.Subscription.Id)}";
        return http.Shown(created, time, 201);
    }

    internal static async Task<IResult> GetAsync(HttpContext http, IWebhookSubscriptions subscriptions, TimeProvider time, string id)
    {
        var found = await subscriptions.OfTenantAsync(http, id);
        return EntityTag.IsKnown(http.Request, found) ? http.Unchanged(found) : http.Shown(found, time);
    }

    internal static async Task<IResult> UpdateAsync(HttpContext http, IWebhookSubscriptions subscriptions, TimeProvider time, string id)
    {
        var current = await subscriptions.OfTenantAsync(http, id);
        if (EntityTag.Matches(http.Request, current) is not { } isCurrent)
        {
            return Problem.IfMatchMissing();
        }

        if (!isCurrent)
        {
            return Problem.Changed();
        }

        var body = await RequestBody.ReadAsync(http, ApiJson.Default.SubscriptionPatchBody);
        if ((body.Refusal ?? Members.RefuseNulls(body.Value.EventTypes, body.Value.Headers)) is { } refusal)
        {
            return refusal;
        }

        // With * the change is made to whatever is there; with a tag to the version that it names, whoever comes in between.
        var version = http.Request.Headers.IfMatch == "*" ? (long?)null : current.Version;
        var changed = await subscriptions.UpdateAsync(current.Id, SubscriptionPatchBody.ToUpdate(body, version), http.RequestAborted);
        return http.Shown(changed, time);
    }

    internal static async Task<IResult> DeleteAsync(HttpContext http, IWebhookSubscriptions subscriptions, string id)
    {
        var current = await subscriptions.OfTenantAsync(http, id);
        if (EntityTag.Matches(http.Request, current) == false)
        {
            return Problem.Changed();
        }

        await subscriptions.DeleteAsync(current.Id, http.RequestAborted);
        return TypedResults.NoContent();
    }
}

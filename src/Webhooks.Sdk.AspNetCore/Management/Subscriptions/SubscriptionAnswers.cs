using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.AspNetCore.Management.Requests;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

/// <summary>Finds a subscription of the request's tenant, and shows one with its ETag.</summary>
internal static class SubscriptionAnswers
{
    /// <summary>Another tenant's is as unknown as one that never was.</summary>
    public static async ValueTask<WebhookSubscription> OfTenantAsync(this IWebhookSubscriptions subscriptions, HttpContext http, string id)
    {
        id = Parameters.Id(id);
        var found = await subscriptions.GetAsync(id, http.RequestAborted);
        return found.TenantId == http.Tenant() ? found : throw new WebhookNotFoundException("subscription", id);
    }

    public static IResult Shown(this HttpContext http, WebhookSubscription subscription, TimeProvider time)
    {
        http.Response.Headers.ETag = EntityTag.Of(subscription);
        return TypedResults.Json(SubscriptionView.Of(subscription, time.GetUtcNow()), ApiJson.Default.SubscriptionView);
    }

    public static IResult Shown(this HttpContext http, SubscriptionWithSecret created, TimeProvider time, int status)
    {
        http.Response.Headers.ETag = EntityTag.Of(created.Subscription);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(SubscriptionWithSecretView.Of(created, time.GetUtcNow()), ApiJson.Default.SubscriptionWithSecretView, statusCode: status);
    }

    public static IResult Unchanged(this HttpContext http, WebhookSubscription subscription)
    {
        http.Response.Headers.ETag = EntityTag.Of(subscription);
        return TypedResults.StatusCode(304);
    }
}

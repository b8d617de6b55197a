using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore.Management.Deliveries;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.AspNetCore.Management.Problems;
using Webhooks.Sdk.AspNetCore.Management.Requests;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

/// <summary>What one does to a subscription: on, off, a new secret, a test, send again what it missed.</summary>
internal static class SubscriptionActions
{
    private const string Tag = "Subscriptions";
    private const double MaxOverlapSeconds = 30 * 24 * 3600;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/subscriptions/{id}/enable", EnableAsync).Describe(Tag, "enableSubscription", "Switches a subscription on, also after it was suspended.")
            .Produces<SubscriptionView>().Refuses(404);
        api.MapPost("/subscriptions/{id}/disable", DisableAsync)
            .Describe(Tag, "disableSubscription", "Switches a subscription off.", "Nothing more is queued for it, and what is waiting moves to the failed deliveries.")
            .Takes<DisableBody>(isOptional: true).Produces<SubscriptionView>().Refuses(404, 422);
        api.MapPost("/subscriptions/{id}/rotate-secret", RotateAsync)
            .Describe(Tag, "rotateSecret", "Makes a new secret.", "The old one signs beside it for the overlap, where the format has room for two signatures.")
            .Takes<RotateSecretBody>(isOptional: true).Produces<SubscriptionWithSecretView>().Refuses(404, 422);
        api.MapGet("/subscriptions/{id}/secret", ReadSecretAsync).Describe(Tag, "readSecret", "Reads the newest secret again, where the profile keeps it readable.")
            .Produces<SecretView>().Refuses(404, 409);
        api.MapPost("/subscriptions/{id}/test", TestAsync)
            .Describe(Tag, "sendTest", "Sends a test event now and answers with what came back.", "Once, whatever the filter and the state, and without counting towards suspension.")
            .Takes<SendTestBody>(isOptional: true).Produces<TestResultView>().Refuses(404, 422);
        api.MapPost("/subscriptions/{id}/recover", RecoverAsync)
            .Describe(Tag, "recoverSubscription", "Sends again what a subscription failed to get or missed since a time.", "Nothing is sent twice that is waiting or was delivered.")
            .Takes<RecoverBody>().Produces<RecoveredView>().Refuses(404, 409, 422);
    }

    internal static async Task<IResult> EnableAsync(HttpContext http, IWebhookSubscriptions subscriptions, TimeProvider time, string id)
    {
        var current = await subscriptions.OfTenantAsync(http, id);
        return http.Shown(await subscriptions.EnableAsync(current.Id, http.RequestAborted), time);
    }

    internal static async Task<IResult> DisableAsync(HttpContext http, IWebhookSubscriptions subscriptions, TimeProvider time, string id)
    {
        var current = await subscriptions.OfTenantAsync(http, id);
        var body = await RequestBody.ReadAsync(http, ApiJson.Default.DisableBody, isOptional: true);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        var reason = string.IsNullOrEmpty(body.Value.Reason) ? null : body.Value.Reason;
        if (reason is not null && Identifiers.Check("reason", reason) is { } error)
        {
            throw new WebhookValidationException(error with { Rule = error.Rule.Replace("id.", "text.", StringComparison.Ordinal) });
        }

        return http.Shown(await subscriptions.DisableAsync(current.Id, reason, http.RequestAborted), time);
    }

    internal static async Task<IResult> RotateAsync(HttpContext http, IWebhookSubscriptions subscriptions, TimeProvider time, string id)
    {
        var current = await subscriptions.OfTenantAsync(http, id);
        var body = await RequestBody.ReadAsync(http, ApiJson.Default.RotateSecretBody, isOptional: true);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        if (body.Value.OverlapSeconds is { } seconds && !(seconds is >= 0 and <= MaxOverlapSeconds))
        {
            throw new WebhookValidationException(new WebhookError("overlap_seconds", "overlap.range", $"must be from 0 to {MaxOverlapSeconds:N0} seconds (30 days)."));
        }

        var overlap = body.Value.OverlapSeconds is { } given ? TimeSpan.FromSeconds(given) : (TimeSpan?)null;
        return http.Shown(await subscriptions.RotateSecretAsync(current.Id, overlap, body.Value.Secret, http.RequestAborted), time, 200);
    }

    internal static async Task<IResult> ReadSecretAsync(HttpContext http, IWebhookSubscriptions subscriptions, WebhookProfileCatalogue profiles, string id)
    {
        var current = await subscriptions.OfTenantAsync(http, id);
        if (profiles.Find(current.Profile) is not { IsSecretReadable: true })
        {
            return Problem.Conflict("secret_not_readable", $"The profile '{current.Profile}' shows a secret once, when it is made. Make a new one with rotate-secret.");
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new SecretView { Secret = await subscriptions.ReadSecretAsync(current.Id, http.RequestAborted) }, ApiJson.Default.SecretView);
    }

    internal static async Task<IResult> TestAsync(HttpContext http, IWebhookSubscriptions subscriptions, string id)
    {
        var current = await subscriptions.OfTenantAsync(http, id);
        var body = await RequestBody.ReadAsync(http, ApiJson.Default.SendTestBody, isOptional: true);
        return body.Refusal ?? TypedResults.Json(
            TestResultView.Of(await subscriptions.SendTestAsync(current.Id, body.Value.EventType, http.RequestAborted)), ApiJson.Default.TestResultView);
    }

    internal static async Task<IResult> RecoverAsync(HttpContext http, IWebhookSubscriptions subscriptions, IWebhookDeliveries deliveries, string id)
    {
        var current = await subscriptions.OfTenantAsync(http, id);
        var body = await RequestBody.ReadAsync(http, ApiJson.Default.RecoverBody);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        if (body.Value.Since is not { } since)
        {
            throw new WebhookValidationException(new WebhookError("since", "since.required", "say since when, as 2026-04-24T14:30:00Z."));
        }

        if (!current.IsEnabled)
        {
            return SubscriptionOff.Refuse(current);
        }

        return TypedResults.Json(new RecoveredView { Enqueued = await deliveries.RecoverAsync(current.Id, since, http.RequestAborted) }, ApiJson.Default.RecoveredView);
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dashboard.Requests;

/// <summary>One request of one tenant: what pages read from and actions write to.</summary>
internal sealed class DashboardContext(HttpContext http, string tenantId, Frame frame, SecretOnce secrets)
{
    public HttpContext Http => http;

    public string TenantId => tenantId;

    public Frame Frame => frame;

    public DashboardUrls Urls => frame.Urls;

    public SecretOnce Secrets => secrets;

    public CancellationToken Cancel => http.RequestAborted;

    public IWebhookSubscriptions Subscriptions { get; } = http.RequestServices.GetRequiredService<IWebhookSubscriptions>();

    public IWebhookDeliveries Deliveries { get; } = http.RequestServices.GetRequiredService<IWebhookDeliveries>();

    public WebhookEventCatalogue Events { get; } = http.RequestServices.GetRequiredService<WebhookEventCatalogue>();

    public WebhookProfileCatalogue Profiles { get; } = http.RequestServices.GetRequiredService<WebhookProfileCatalogue>();

    /// <summary>The form that was posted. Its token was checked before the action began.</summary>
    public IFormCollection Form => http.Request.Form;

    public string Route(string name) => (string?)http.GetRouteValue(name) ?? "";

    public string? Query(string name) => http.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    public Notice Notice => Notice.Read(Query(Notice.Parameter), Query("count"));

    /// <summary>The webhook in the address; one of another tenant does not exist.</summary>
    public async ValueTask<WebhookSubscription> FindWebhookAsync()
    {
        var id = Route("id");
        var found = await Subscriptions.GetAsync(id, Cancel);
        return found.TenantId == TenantId ? found : throw new WebhookNotFoundException("subscription", id);
    }

    /// <summary>The delivery in the address; one of another webhook, and so of another tenant, does not exist.</summary>
    public Guid DeliveryId => Guid.TryParse(Route("delivery"), out var id) ? id : throw new WebhookNotFoundException("delivery", Route("delivery"));

    public PageResult Page(PageContent page, int status = StatusCodes.Status200OK) => new(frame, page with
    {
        Navigation =
        [
            new("webhooks", "Webhooks", Urls.Home),
            new("events", "Events", Urls.Events),
        ],
        Notice = page.Notice.Text is null ? Notice : page.Notice,
    }, status);

    public static SeeOther Done(string url, string word, int? count = null) =>
        new($"{url}?{Notice.Parameter}={word}{(count is { } number ? FormattableString.Invariant($"&count={number}") : "")}");
}

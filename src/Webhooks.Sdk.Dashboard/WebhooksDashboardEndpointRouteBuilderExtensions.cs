using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.AspNetCore.Authorization;
using Webhooks.Sdk.Dashboard;
using Webhooks.Sdk.Dashboard.Catalogue;
using Webhooks.Sdk.Dashboard.Log;
using Webhooks.Sdk.Dashboard.Operators;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Dashboard.Settings;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the pages on which people manage webhooks and see what became of their events.</summary>
public static class WebhooksDashboardEndpointRouteBuilderExtensions
{
    /// <summary>
    /// The settings page of the tenant that the request belongs to (see <c>UseTenant…</c>): webhooks, recent deliveries, failed events, test events,
    /// the catalogue of events. Say who may use it: <c>.RequireAuthorization("Owner")</c>. Needs nothing else: no services, no files, no script of the host.
    /// </summary>
    /// <param name="endpoints">The application, or a group with a prefix of its own.</param>
    /// <param name="pattern">Where: <c>/settings/webhooks</c>. May hold route parameters.</param>
    /// <param name="configure">Sets how it looks.</param>
    public static IEndpointConventionBuilder MapWebhooksDashboard(
        this IEndpointRouteBuilder endpoints, string pattern = "/settings/webhooks", Action<WebhooksDashboardOptions>? configure = null)
    {
        var options = new WebhooksDashboardOptions();
        configure?.Invoke(options);
        var group = endpoints.MapGuardedGroup(pattern, $"app.MapWebhooksDashboard(\"{pattern}\")", "shows and changes every webhook of the tenant");
        var map = new DashboardEndpoints(group, options, FormsOf(endpoints));
        map.Assets();

        map.Page("", WebhookList.ShowAsync);
        map.Page("new", CreateWebhook.ShowAsync);
        map.Action("new", CreateWebhook.RunAsync);
        map.Page("webhook/{id}", WebhookDetails.ShowAsync);
        map.Page("webhook/{id}/edit", EditWebhook.ShowAsync);
        map.Action("webhook/{id}/edit", EditWebhook.RunAsync);
        map.Action("webhook/{id}/switch", SwitchWebhook.RunAsync);
        map.Page("webhook/{id}/rotate", RotateSecret.ShowAsync);
        map.Action("webhook/{id}/rotate", RotateSecret.RunAsync);
        map.Page("webhook/{id}/secret", ReadableSecret.ShowAsync);
        map.Page("webhook/{id}/delete", DeleteWebhook.ShowAsync);
        map.Action("webhook/{id}/delete", DeleteWebhook.RunAsync);
        map.Page("webhook/{id}/test", SendTest.ShowAsync);
        map.Action("webhook/{id}/test", SendTest.RunAsync);
        map.Page("webhook/{id}/failed", FailedEvents.ShowAsync);
        map.Action("webhook/{id}/recover", RecoverEvents.RunAsync);
        map.Page("webhook/{id}/deliveries/{delivery}", DeliveryDetails.ShowAsync);
        map.Action("webhook/{id}/deliveries/{delivery}/resend", ResendEvent.RunAsync);
        map.Page("events", EventCatalogue.ShowAsync);
        map.Page("events/{event}", EventDetails.ShowAsync);
        return group;
    }

    /// <summary>
    /// The operator's view over all tenants: what is waiting and since when, which endpoints are suspended, who sends how much. It shows no payload
    /// and no answer of an endpoint. Say who may use it: <c>.RequireAuthorization("Operator")</c>.
    /// </summary>
    /// <param name="endpoints">The application, or a group with a prefix of its own.</param>
    /// <param name="pattern">Where: <c>/admin/webhooks</c>.</param>
    /// <param name="configure">Sets how it looks.</param>
    public static IEndpointConventionBuilder MapWebhooksOperatorDashboard(
        this IEndpointRouteBuilder endpoints, string pattern = "/admin/webhooks", Action<WebhooksDashboardOptions>? configure = null)
    {
        var options = new WebhooksDashboardOptions { Title = "Webhooks: operator" };
        configure?.Invoke(options);
        var group = endpoints.MapGuardedGroup(pattern, $"app.MapWebhooksOperatorDashboard(\"{pattern}\")", "shows the endpoints of every tenant");
        var map = new DashboardEndpoints(group, options, FormsOf(endpoints));
        map.Assets();
        map.Overview("", OperatorOverview.ShowAsync);
        return group;
    }

    private static FormGuard FormsOf(IEndpointRouteBuilder endpoints)
    {
        var forms = new FormGuard(endpoints.ServiceProvider);
        endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(forms.Dispose);
        return forms;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Webhooks.Sdk.Dashboard.Requests;

/// <summary>
/// Where the pages are, seen from this request: under whatever path base, group and route parameters it came through. Found by taking the page's
/// own segments off the end of the path, which needs no route names and no link generator.
/// </summary>
internal sealed class DashboardUrls(string pathBase, string home)
{
    /// <param name="request">The request.</param>
    /// <param name="segments">How many segments of the path are the page's own.</param>
    public static DashboardUrls Of(HttpRequest request, int segments)
    {
        var home = request.Path.ToUriComponent().TrimEnd('/');
        for (var i = 0; i < segments; i++)
        {
            home = home[..home.LastIndexOf('/')];
        }

        var pathBase = request.PathBase.ToUriComponent();
        return new(pathBase, pathBase + home);
    }

    /// <summary>The list; the dashboard's own root.</summary>
    public string Home => home.Length == 0 ? "/" : home;

    public string New => $"{home}/new";

    public string Events => $"{home}/events";

    public string Event(string id) => $"{home}/events/{Escape(id)}";

    public string Webhook(string id) => $"{home}/webhook/{Escape(id)}";

    public string Webhook(string id, string page) => $"{Webhook(id)}/{page}";

    public string Delivery(string id, Guid delivery) => Webhook(id, $"deliveries/{delivery}");

    public string Resend(string id, Guid delivery) => Webhook(id, $"deliveries/{delivery}/resend");

    public string Asset(Assets.DashboardAsset asset) => $"{home}/assets/{asset.Version}/{asset.Name}";

    /// <summary>An address of the host's own, below the path base, with the parameters of this request's route.</summary>
    public string? Host(string? url, RouteValueDictionary route)
    {
        foreach (var (name, value) in route)
        {
            url = url?.Replace($"{{{name}}}", Escape(value as string ?? ""), StringComparison.OrdinalIgnoreCase);
        }

        return url is ['/', ..] ? pathBase + url : url;
    }

    private static string Escape(string segment) => Uri.EscapeDataString(segment);
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Webhooks.Sdk.Dashboard.Assets;

/// <summary>The style sheet and the script, which the assembly holds.</summary>
internal static class DashboardAssets
{
    public static DashboardAsset Style { get; } = Read("dashboard.css", "text/css; charset=utf-8");

    public static DashboardAsset Script { get; } = Read("dashboard.js", "text/javascript; charset=utf-8");

    public static Task WriteAsync(HttpContext http)
    {
        // A page of another version of this package asks for another one: it gets today's, which it must not keep under yesterday's name.
        var asset = (http.GetRouteValue("name") as string) switch
        {
            "dashboard.css" => Style,
            "dashboard.js" => Script,
            _ => null,
        };
        if (asset is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var isThisVersion = http.GetRouteValue("version") as string == asset.Version;
        http.Response.ContentType = asset.ContentType;
        http.Response.ContentLength = asset.Bytes.Length;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = isThisVersion ? "private, max-age=31536000, immutable" : "no-store";
        return http.Response.Body.WriteAsync(asset.Bytes, http.RequestAborted).AsTask();
    }

    private static DashboardAsset Read(string name, string contentType)
    {
        using var stream = typeof(DashboardAssets).Assembly.GetManifestResourceStream($"Webhooks.Sdk.Dashboard.Assets.{name}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(name, contentType, bytes);
    }
}

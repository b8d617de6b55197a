using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.AspNetCore.Management.Requests;

/// <summary>
/// Tells a change that another site's page makes with its visitor's cookies. Browsers say where a request comes from (Sec-Fetch-Site, or at
/// least Origin); programs that are no browsers say nothing and hold no cookies that were not meant for this.
/// </summary>
internal static class CrossOrigin
{
    public static bool IsRefused(HttpContext http)
    {
        var request = http.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        // The host said which origins may, and the CORS middleware has asked it.
        return http.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>() is null && ComesFromElsewhere(request);
    }

    private static bool ComesFromElsewhere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !request.Host.Value!.Equals(from.Authority, StringComparison.OrdinalIgnoreCase));
    }
}

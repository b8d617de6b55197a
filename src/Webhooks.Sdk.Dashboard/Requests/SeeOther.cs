using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.Dashboard.Requests;

/// <summary>After a change: look there. Reloading that page repeats nothing.</summary>
internal sealed class SeeOther(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Dashboard.Rendering;

namespace Webhooks.Sdk.Dashboard.Requests;

/// <summary>Answers with a page.</summary>
internal sealed class PageResult(Frame frame, PageContent page, int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(Layout.Document(frame, page).ToString(), httpContext.RequestAborted);
    }
}

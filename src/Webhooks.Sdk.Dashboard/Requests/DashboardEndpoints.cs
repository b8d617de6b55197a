using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.AspNetCore.Tenancy;
using Webhooks.Sdk.Dashboard.Assets;
using Webhooks.Sdk.Dashboard.Rendering;

namespace Webhooks.Sdk.Dashboard.Requests;

/// <summary>
/// Maps pages and actions. What holds for all of them stands here and in no page: headers, tenant, form token, what is not found. A page only reads
/// and an action only changes.
/// </summary>
internal sealed class DashboardEndpoints(IEndpointRouteBuilder group, WebhooksDashboardOptions options, FormGuard forms)
{
    private readonly SecretOnce _secrets = new(forms.Keys);

    public void Page(string pattern, Func<DashboardContext, ValueTask<IResult>> page) =>
        group.MapGet(pattern, http => RunAsync(http, pattern, page)).ExcludeFromDescription();

    public void Action(string pattern, Func<DashboardContext, ValueTask<IResult>> action) =>
        group.MapPost(pattern, async http =>
        {
            PageHeaders.Write(http.Response);
            if (await forms.AcceptsAsync(http))
            {
                await RunAsync(http, pattern, action);
            }
            else
            {
                await Refuse(FrameOf(http, pattern), StatusCodes.Status400BadRequest).ExecuteAsync(http);
            }
        }).WithMetadata(new SmallForms()).ExcludeFromDescription();

    /// <summary>A page that belongs to no tenant.</summary>
    public void Overview(string pattern, Func<HttpContext, Frame, ValueTask<IResult>> page) =>
        group.MapGet(pattern, async http =>
        {
            PageHeaders.Write(http.Response);
            await (await page(http, FrameOf(http, pattern))).ExecuteAsync(http);
        }).ExcludeFromDescription();

    public void Assets() =>
        group.MapGet("assets/{version}/{name}", http => DashboardAssets.WriteAsync(http)).ExcludeFromDescription();

    private async Task RunAsync(HttpContext http, string pattern, Func<DashboardContext, ValueTask<IResult>> run)
    {
        PageHeaders.Write(http.Response);
        var frame = FrameOf(http, pattern);
        var result = await TenantResolver.FindTenantAsync(http) is { } tenant
            ? await AnswerAsync(run, new DashboardContext(http, tenant, frame, _secrets))
            : Refuse(frame, StatusCodes.Status403Forbidden);
        await result.ExecuteAsync(http);
    }

    private static async ValueTask<IResult> AnswerAsync(Func<DashboardContext, ValueTask<IResult>> run, DashboardContext context)
    {
        try
        {
            return await run(context);
        }
        catch (WebhookNotFoundException)
        {
            return context.Page(ErrorPage.Of(StatusCodes.Status404NotFound, context.Urls.Home), StatusCodes.Status404NotFound);
        }
    }

    private static PageResult Refuse(Frame frame, int status) => new(frame, ErrorPage.Of(status, frame.Urls.Home), status);

    private Frame FrameOf(HttpContext http, string pattern)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var segments = pattern.Length == 0 ? 0 : pattern.Count(c => c == '/') + 1;
        var urls = DashboardUrls.Of(http.Request, segments);
        return new(urls, forms.TokenFor(http), options, urls.Host(options.BackUrl, http.Request.RouteValues), time.GetUtcNow());
    }
}

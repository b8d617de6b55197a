using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;

namespace Webhooks.Sdk.Dashboard.Tests.Support;

/// <summary>Somebody with a browser that has no script: follows links, fills in forms, keeps cookies.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _client;

    public Visitor(Uri baseAddress, string? tenant)
    {
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = baseAddress };
        if (tenant is not null)
        {
            _client.DefaultRequestHeaders.Add("X-Tenant", tenant);
        }
    }

    public CookieContainer Cookies { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> AskAsync(string path) => _client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    public async Task<IHtmlDocument> OpenAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await AskAsync(path);
        answer.StatusCode.Should().Be(expected, "{0} was asked for", path);
        return await ReadAsync(answer);
    }

    /// <summary>Posts what the form holds, changed and added to; returns the answer itself.</summary>
    public Task<HttpResponseMessage> PostAsync(IHtmlFormElement form, params (string Name, string? Value)[] changes)
    {
        var names = changes.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var fields = FieldsOf(form).Where(f => !names.Contains(f.Key))
            .Concat(changes.Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Name, c.Value!)));
        return PostAsync(new Uri(form.Action).PathAndQuery, fields);
    }

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        _client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields), Cancel);

    /// <summary>Posts the form and follows the redirect, as a browser does.</summary>
    public async Task<IHtmlDocument> SubmitAsync(IHtmlFormElement form, params (string Name, string? Value)[] changes)
    {
        using var answer = await PostAsync(form, changes);
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        return await OpenAsync(answer.Headers.Location!.ToString());
    }

    public async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer)
    {
        var address = new Uri(_client.BaseAddress!, answer.RequestMessage!.RequestUri!).ToString();
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        return (IHtmlDocument)await BrowsingContext.New().OpenAsync(request => request.Content(html).Address(address), Cancel);
    }

    public void Dispose() => _client.Dispose();

    private static IEnumerable<KeyValuePair<string, string>> FieldsOf(IHtmlFormElement form)
    {
        foreach (var field in form.Elements.OfType<IHtmlElement>())
        {
            switch (field)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                    break;
                case IHtmlInputElement { Name: { Length: > 0 } name } input:
                    yield return KeyValuePair.Create(name, input.Value);
                    break;
                case IHtmlTextAreaElement { Name: { Length: > 0 } name } text:
                    yield return KeyValuePair.Create(name, text.Value);
                    break;
                case IHtmlSelectElement { Name: { Length: > 0 } name } select:
                    yield return KeyValuePair.Create(name, select.Value ?? "");
                    break;
                default:
                    break;
            }
        }
    }
}

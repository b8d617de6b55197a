using System.Collections.Concurrent;
using Microsoft.Playwright;
using Webhooks.Sdk.Testing.Receiving;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>A platform of its own, a receiver and a browser window.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Settings = "/projects/blue-bistro/settings/webhooks";

    private readonly IBrowserContext _context;
    private IPage? _visitor;

    private Scene(Platform platform, WebhookReceiver receiver, IBrowserContext context, IPage page)
    {
        (Platform, Receiver, _context, Page) = (platform, receiver, context, page);
        page.Console += (_, m) =>
        {
            if (m.Type == "error" && !m.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                Complaints.Enqueue(m.Text);
            }
        };
        page.PageError += (_, e) => Complaints.Enqueue(e);
        page.Request += (_, r) =>
        {
            if (!r.Url.StartsWith(platform.Url, StringComparison.Ordinal) && !r.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                Complaints.Enqueue($"a request to {r.Url}");
            }
        };
    }

    public Platform Platform { get; }

    public WebhookReceiver Receiver { get; }

    public IPage Page { get; }

    /// <summary>Problems that the browser reported: errors of the script, what the policy blocked, requests elsewhere.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public static async Task<Scene> SetAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        var browser = chromium.Browser;
        var platform = await Platform.StartAsync();
        try
        {
            options ??= new();
            options.BaseURL = platform.Url;
            options.Locale = "en-GB";
            options.TimezoneId = "UTC";
            var context = await browser.NewContextAsync(options).WithinAsync(Bounds.Step, "A context of the browser");
            context.SetDefaultTimeout(Bounds.Step.InMilliseconds());
            return new(platform, await WebhookReceiver.StartAsync(), context, await OpenAsync(context));
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public async Task SignInAsync(string name)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

        // Not Page.WaitForURLAsync: it looks whether the page is loaded and only then listens for that, while another thread delivers the news.
        // What comes in between is lost (microsoft/playwright-dotnet#3364). An expectation is asked of the browser until it holds.
        await Expect(Page).ToHaveURLAsync(Platform.Url + "/");
        await Expect(Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync();
    }

    /// <summary>Creates a webhook as a person does and returns its secret.</summary>
    public async Task<string> CreateAsync(string? url = null, string? name = null, string settings = Settings, params string[] types)
    {
        await Page.GotoAsync(settings);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Create Webhook" }).ClickAsync();
        await Page.GetByLabel("URL").FillAsync(url ?? Receiver.Url);
        await Page.GetByLabel("Name").FillAsync(name ?? "");
        foreach (var type in types)
        {
            await Page.GetByLabel("Only these").CheckAsync();
            await Page.GetByLabel(type).CheckAsync();
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Create Webhook" }).ClickAsync();
        await Expect(Page.Locator("#secret")).ToBeVisibleAsync();
        return await Page.Locator("#secret").InnerTextAsync();
    }

    /// <summary>A visitor clicks a rating, in another window than the owner's.</summary>
    public async Task<IPage> RateAsync(int stars = 5, string project = "blue-bistro")
    {
        var visitor = _visitor ??= await OpenAsync(_context);
        await visitor.GotoAsync($"/review/{project}");
        await visitor.GetByRole(AriaRole.Button, new() { Name = $"{stars} of 5" }).ClickAsync();
        await Expect(visitor.GetByLabel("Your review")).ToBeVisibleAsync();
        return visitor;
    }

    /// <summary>Loads the page again until so many are there, as somebody does whose page does not change by itself.</summary>
    public async Task ReloadUntilAsync(ILocator wanted, int count)
    {
        using var bound = new CancellationTokenSource(Bounds.Step);
        while (await wanted.CountAsync() != count && !bound.IsCancellationRequested)
        {
            await Page.ReloadAsync();
        }

        await Expect(wanted).ToHaveCountAsync(count);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _context.DisposeAsync().AsTask().WithinAsync(Bounds.Step, "The end of the browser's context");
        }
        finally
        {
            await Platform.DisposeAsync();
            await Receiver.DisposeAsync();
        }
    }

    private static Task<IPage> OpenAsync(IBrowserContext context) => context.NewPageAsync().WithinAsync(Bounds.Step, "A window of the browser");
}

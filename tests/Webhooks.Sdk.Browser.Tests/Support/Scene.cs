using Microsoft.Playwright;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>One test's platform, receiver and browser window.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Settings = "/projects/blue-bistro/settings/webhooks";

    private readonly IBrowserContext _context;

    private Scene(Platform platform, WebhookReceiver receiver, IBrowserContext context, IPage page) =>
        (Platform, Receiver, _context, Page) = (platform, receiver, context, page);

    public Platform Platform { get; }

    public WebhookReceiver Receiver { get; }

    public IPage Page { get; }

    /// <summary>Problems that the browser reported: errors of the script, what the policy blocked, requests elsewhere.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Scene> SetAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        var browser = chromium.Browser;
        var platform = await Platform.StartAsync();
        options ??= new();
        options.BaseURL = platform.Url;
        options.Locale = "en-GB";
        options.TimezoneId = "UTC";
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(60_000); // a machine that is busy with other tests
        var scene = new Scene(platform, await WebhookReceiver.StartAsync(), context, await context.NewPageAsync());
        Assertions.SetDefaultExpectTimeout(60_000);
        scene.Page.Console += (_, m) =>
        {
            if (m.Type == "error" && !m.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                scene.Complaints.Add(m.Text);
            }
        };
        scene.Page.PageError += (_, e) => scene.Complaints.Add(e);
        scene.Page.Request += (_, r) =>
        {
            if (!r.Url.StartsWith(platform.Url, StringComparison.Ordinal) && !r.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                scene.Complaints.Add($"a request to {r.Url}");
            }
        };
        return scene;
    }

    public async Task SignInAsync(string name)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

        // Not Page.WaitForURLAsync: it looks whether the page is loaded and only then listens for that, while another thread delivers the news.
        // What comes in between is lost (microsoft/playwright-dotnet#3364). An expectation is asked of the browser until it holds.
        await Assertions.Expect(Page).ToHaveURLAsync(Platform.Url + "/");
        await Assertions.Expect(Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync();
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
        await Assertions.Expect(Page.Locator("#secret")).ToBeVisibleAsync();
        return await Page.Locator("#secret").InnerTextAsync();
    }

    /// <summary>A visitor clicks a rating, in a window of its own.</summary>
    public async Task<IPage> RateAsync(int stars = 5, string project = "blue-bistro")
    {
        var visitor = await _context.NewPageAsync();
        await visitor.GotoAsync($"/review/{project}");
        await visitor.GetByRole(AriaRole.Button, new() { Name = $"{stars} of 5" }).ClickAsync();
        await Assertions.Expect(visitor.GetByLabel("Your review")).ToBeVisibleAsync();
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Platform.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}

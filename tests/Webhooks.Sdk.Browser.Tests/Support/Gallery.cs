using Microsoft.Playwright;
using Webhooks.Sdk.Testing.Receiving;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>A platform in the middle of its life, and every page of it. It is hung once for all tests of a class, when the first of them enters.</summary>
public sealed class Gallery(Chromium chromium) : IAsyncDisposable
{
    private Scene? _scene;
    private Task? _hung;

    internal IReadOnlyList<Picture> Pictures { get; private set; } = [];

    /// <summary>The window in which all of it is seen; the owner is signed in.</summary>
    internal async Task<Scene> EnterAsync(ColorScheme scheme, int width, int height)
    {
        await (_hung ??= HangAsync());
        var scene = _scene!;
        await scene.Page.EmulateMediaAsync(new() { ColorScheme = scheme }).WithinAsync(Bounds.Step, "The change of the colours");
        await scene.Page.SetViewportSizeAsync(width, height).WithinAsync(Bounds.Step, "The change of the window's size");
        await scene.SignInAsync("Ada");
        return scene;
    }

    public ValueTask DisposeAsync() => _scene?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task HangAsync()
    {
        _scene = await Scene.SetAsync(chromium);
        Pictures = await HangAsync(_scene);
    }

    private static async Task<IReadOnlyList<Picture>> HangAsync(Scene scene)
    {
        var page = scene.Page;
        scene.Receiver.Answer(new WebhookAnswer { Status = 200 }.WithHeader("Content-Type", "application/json").WithBody("""{"received":true}"""));
        scene.Receiver.On("/crm").Answer(new WebhookAnswer { Status = 503 }.WithHeader("Content-Type", "text/plain").WithBody("Down for maintenance. Back soon."));
        await scene.SignInAsync("Ada");

        var till = await MakeAsync(scene, "/orders/hooks", "Till", []);
        var crm = await MakeAsync(scene, "/crm", "Customer records", ["review-created"]);
        var mail = await MakeAsync(scene, "/newsletter", "Newsletter", ["message-created", "message-updated"]);
        History.Write(scene.Platform.DatabaseFile, "blue-bistro", IdOf(till), 26, 0.004, 42);
        History.Write(scene.Platform.DatabaseFile, "blue-bistro", IdOf(crm), 9, 0.05, 180);
        History.Write(scene.Platform.DatabaseFile, "green-hotel", "elsewhere", 14, 0.01, 60);

        for (var i = 0; i < 5; i++)
        {
            var visitor = await scene.RateAsync(5 - (i % 2));
            await visitor.GetByLabel("Your review").FillAsync("Café & terrace were great.");
            await visitor.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            await Expect(visitor.GetByRole(AriaRole.Heading, new() { Name = "Thank you!" })).ToBeVisibleAsync();
        }

        await page.BringToFrontAsync().WithinAsync(Bounds.Step, "The owner's window before the visitor's");
        await page.GotoAsync(crm);
        await scene.ReloadUntilAsync(page.GetByRole(AriaRole.Heading, new() { Name = "Suspended" }), 1);
        await page.GotoAsync(mail);
        await page.GetByRole(AriaRole.Switch).ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("off");
        await page.GotoAsync(till);
        await Expect(page.Locator("#deliveries .badge.good")).ToHaveCountAsync(10);
        var delivery = (await page.Locator("#deliveries details").First.GetAttributeAsync("data-src"))!;
        await page.GotoAsync(delivery);
        var @event = (await page.Locator("#delivery a.id").GetAttributeAsync("href"))!;

        return
        [
            new("webhooks", Scene.Settings) { IsWhole = false },
            new("webhooks-dark", Scene.Settings) { IsDark = true },
            new("webhooks-phone", Scene.Settings) { Width = 390 },
            new("menu", Scene.Settings, s => s.Page.Locator(".menu > summary").First.ClickAsync()) { IsWhole = false },
            new("create", $"{Scene.Settings}/new", async s =>
            {
                await s.Page.GetByLabel("URL").FillAsync("https://example.com/hooks");
                await s.Page.GetByLabel("Only these").CheckAsync();
                await s.Page.GetByLabel("review-created").CheckAsync();
            }),
            new("create-refused", $"{Scene.Settings}/new", async s =>
            {
                await s.Page.GetByLabel("URL").FillAsync("ftp://example.com/hooks");
                await s.Page.GetByText("Advanced").ClickAsync();
                await s.Page.Locator("#headers").FillAsync("Host: example.com");
                await s.Page.GetByRole(AriaRole.Button, new() { Name = "Create Webhook" }).ClickAsync();
                await Expect(s.Page.Locator(".summary")).ToBeVisibleAsync();
            }),
            new("edit", $"{till}/edit"),
            new("secret", $"{till}/rotate", s => s.Page.GetByRole(AriaRole.Button, new() { Name = "Make a new secret" }).ClickAsync()),
            new("webhook", till, async s =>
            {
                await s.Page.Locator("#deliveries summary").First.ClickAsync();
                await Expect(s.Page.Locator("#deliveries .attempt").First).ToBeVisibleAsync();
            }),
            new("webhook-dark", till) { IsDark = true },
            new("webhook-phone", till) { Width = 390 },
            new("suspended", crm),
            new("failed", $"{crm}/failed"),
            new("delivery", delivery),
            new("test", $"{till}/test", async s =>
            {
                await s.Page.GetByRole(AriaRole.Button, new() { Name = "Send Test Event" }).ClickAsync();
                await Expect(s.Page.Locator("#answer .attempt")).ToBeVisibleAsync();
            }),
            new("delete", till, async s =>
            {
                await s.Page.Locator(".menu > summary").ClickAsync();
                await s.Page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
                await Expect(s.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            }) { IsWhole = false },
            new("delete-page", $"{till}/delete"),
            new("events", $"{Scene.Settings}/events", s => s.Page.GetByText("Example of").First.ClickAsync()),
            new("event", @event),
            new("not-found", $"{Scene.Settings}/webhook/none"),
            new("rate", "/review/blue-bistro"),
            new("messages", "/projects/blue-bistro/messages"),
            new("operator", "/sign-in", async s =>
            {
                await s.SignInAsync("Olga");
                await s.Page.GotoAsync("/admin/webhooks");
            }),
        ];
    }

    private static async Task<string> MakeAsync(Scene scene, string path, string name, string[] types)
    {
        await scene.CreateAsync(scene.Receiver.UrlFor(path), name, Scene.Settings, types);
        return new Uri(scene.Page.Url).AbsolutePath;
    }

    private static string IdOf(string path) => path.Split('/')[^1];
}

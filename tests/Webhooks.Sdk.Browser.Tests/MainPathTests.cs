using Microsoft.Playwright;
using Webhooks.Sdk.Browser.Tests.Support;
using Webhooks.Sdk.Profiles;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Sdk.Browser.Tests;

public sealed class MainPathTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = Bounds.Test)]
    [InlineData(true, 1280)]
    [InlineData(false, 1280)]
    [InlineData(true, 390)]
    [InlineData(false, 390)]
    public async Task Create_see_the_secret_once_rate_and_find_it_in_the_log(bool script, int width)
    {
        await using var scene = await Scene.SetAsync(chromium, new() { JavaScriptEnabled = script, ViewportSize = new() { Width = width, Height = 844 } });
        var page = scene.Page;
        await scene.SignInAsync("Ada");
        await page.GotoAsync(Scene.Settings);
        await FitsAsync(page, width);

        var secret = await scene.CreateAsync(name: "Our till");
        await FitsAsync(page, width);
        var webhook = page.Url;
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Our till" })).ToBeVisibleAsync();
        await Expect(page.Locator("#secret")).ToHaveCountAsync(0);

        scene.Receiver.VerifyWith(WebhookProfiles.MoreGoodReviews, secret);
        var visitor = await scene.RateAsync(5);
        (await scene.Receiver.WaitForAsync(1, cancellationToken: Cancel))[0].Text.Should().Contain("review-created").And.Contain("\"rating\":5");
        await visitor.GetByLabel("Your review").FillAsync("Café & terrace were great.");
        await visitor.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        var received = await scene.Receiver.WaitForAsync(2, cancellationToken: Cancel);
        received[1].Text.Should().Contain("review-updated").And.Contain("Café & terrace");
        received.Should().OnlyContain(r => r.Verification!.Value.IsVerified);

        if (!script)
        {
            await scene.ReloadUntilAsync(page.Locator("#deliveries .badge.good"), 2);
        }

        // With script the page, which is open all the time, shows it by itself.
        await page.BringToFrontAsync();
        await Expect(page.Locator("#deliveries > li")).ToHaveCountAsync(2);
        await Expect(page.Locator("#deliveries .badge")).ToHaveTextAsync(["Delivered", "Delivered"]);
        await FitsAsync(page, width);

        var row = page.Locator("#deliveries > li").First;
        await row.Locator("summary").ClickAsync();
        if (!script)
        {
            await row.GetByRole(AriaRole.Link).ClickAsync();
        }

        await Expect(page.Locator(".attempt").First).ToContainTextAsync("200 OK");
        await FitsAsync(page, width);
        string[] others = ["", "/edit", "/test", "/failed", "/delete", "/rotate"];
        foreach (var other in others)
        {
            await page.GotoAsync(webhook.Split('?')[0] + other);
            await FitsAsync(page, width);
        }

        await page.GotoAsync($"{Scene.Settings}/events");
        await FitsAsync(page, width);
        scene.Complaints.Should().BeEmpty();
    }

    private static async Task FitsAsync(IPage page, int width) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth").WithinAsync(Bounds.Step, $"The width of {page.Url}"))
            .Should().BeLessThanOrEqualTo(width, "{0} must not scroll sideways", page.Url);
}

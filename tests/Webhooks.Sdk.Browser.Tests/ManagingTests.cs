using Microsoft.Playwright;
using Webhooks.Sdk.Browser.Tests.Support;
using Webhooks.Sdk.Testing.Receiving;
using static Microsoft.Playwright.Assertions;

namespace Webhooks.Sdk.Browser.Tests;

public sealed class ManagingTests(Chromium chromium)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Bounds.Test)]
    public async Task Switched_off_nothing_arrives()
    {
        await using var scene = await Scene.SetAsync(chromium);
        var page = scene.Page;
        await scene.SignInAsync("Ada");
        await scene.CreateAsync();
        await page.GotoAsync(Scene.Settings);
        var toggle = page.GetByRole(AriaRole.Switch);

        await toggle.ClickAsync();
        await Expect(toggle).ToHaveAttributeAsync("aria-checked", "false");
        await Expect(page.Locator("#notice")).ToContainTextAsync("off");
        await scene.RateAsync(1);
        await toggle.PressAsync("Space");
        await Expect(toggle).ToHaveAttributeAsync("aria-checked", "true");
        await Expect(toggle).ToBeFocusedAsync();
        await scene.RateAsync(2);

        // What comes first after it is on again is the first that came at all.
        (await scene.Receiver.WaitForAsync(1, cancellationToken: Cancel))[0].Text.Should().Contain("\"rating\":2");
        scene.Complaints.Should().BeEmpty();
    }

    [Fact(Timeout = Bounds.Test)]
    public async Task Edited_types_are_what_is_sent_from_then_on()
    {
        await using var scene = await Scene.SetAsync(chromium);
        var page = scene.Page;
        await scene.SignInAsync("Ada");
        await scene.CreateAsync(types: "review-created");

        await page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).ClickAsync();
        await page.GetByLabel("review-created").UncheckAsync();
        await page.GetByLabel("message-created").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("saved");
        await scene.RateAsync();
        await page.GotoAsync("/projects/blue-bistro/messages");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("zoe@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create message" }).ClickAsync();

        (await scene.Receiver.WaitForAsync(1, cancellationToken: Cancel))[0].Text.Should().Contain("message-created").And.Contain("zoe@example.com");
        scene.Complaints.Should().BeEmpty();
    }

    [Fact(Timeout = Bounds.Test)]
    public async Task Deleted_after_a_question_that_the_keyboard_answers()
    {
        await using var scene = await Scene.SetAsync(chromium);
        var page = scene.Page;
        await scene.SignInAsync("Ada");
        await scene.CreateAsync(name: "Our till");
        await page.GotoAsync(Scene.Settings);
        var menu = page.Locator(".menu > summary");

        await menu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Delete this webhook?" });
        await Expect(dialog).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(menu).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("deleted");
        await Expect(page.GetByText("Our till")).ToHaveCountAsync(0);
        scene.Complaints.Should().BeEmpty();
    }

    [Fact(Timeout = Bounds.Test)]
    public async Task A_test_event_shows_its_answer()
    {
        await using var scene = await Scene.SetAsync(chromium);
        var page = scene.Page;
        await scene.SignInAsync("Ada");
        await scene.CreateAsync();
        scene.Receiver.Answer(new WebhookAnswer { Status = 418 }.WithBody("short and stout"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Send Test Event" }).First.ClickAsync();
        await page.GetByLabel("Event").SelectOptionAsync("review-created");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send Test Event" }).ClickAsync();

        await Expect(page.Locator("#answer")).ToContainTextAsync("418");
        await Expect(page.Locator("#answer")).ToContainTextAsync("short and stout");
        scene.Complaints.Should().BeEmpty();
    }

    [Fact(Timeout = Bounds.Test)]
    public async Task A_failing_endpoint_is_suspended_enabled_and_gets_what_it_missed()
    {
        await using var scene = await Scene.SetAsync(chromium);
        var page = scene.Page;
        await scene.SignInAsync("Ada");
        await scene.CreateAsync(types: "review-created");
        scene.Receiver.Answer(500);
        for (var i = 0; i < 5; i++)
        {
            await scene.RateAsync(i + 1);
        }

        await page.BringToFrontAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Suspended" })).ToBeVisibleAsync();
        scene.Receiver.Answer(200);
        var before = scene.Receiver.Requests.Count;
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on again" }).ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("on");

        await page.Locator(".menu > summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Failed Events" }).ClickAsync();
        await Expect(page.Locator("#failed > li")).ToHaveCountAsync(5);
        await page.Locator("#failed > li").First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("on its way");
        await Expect(page.Locator("#failed > li")).ToHaveCountAsync(4);
        await page.GetByRole(AriaRole.Button, new() { Name = "Resend all" }).ClickAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("4 events are on their way");
        await scene.Receiver.WaitForAsync(before + 5, cancellationToken: Cancel);
        await Expect(page.Locator("#failed > li")).ToHaveCountAsync(0);
        scene.Complaints.Should().BeEmpty();
    }

    [Fact(Timeout = Bounds.Test)]
    public async Task Another_tenants_pages_are_not_there()
    {
        await using var scene = await Scene.SetAsync(chromium);
        var page = scene.Page;
        await scene.SignInAsync("Ben");
        await scene.CreateAsync(settings: "/projects/green-hotel/settings/webhooks");
        var bens = new Uri(page.Url).AbsolutePath;
        await scene.SignInAsync("Ada");

        string[] paths = [bens, bens.Replace("green-hotel", "blue-bistro", StringComparison.Ordinal), "/projects/green-hotel/settings/webhooks", "/admin/webhooks"];
        foreach (var path in paths)
        {
            (await page.APIRequest.GetAsync(path, new() { MaxRedirects = 0 })).Status.Should().Be(404, path);
        }
    }
}

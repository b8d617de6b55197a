using Microsoft.Playwright;
using Webhooks.Sdk.Browser.Tests.Support;

namespace Webhooks.Sdk.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class PagesTests(Chromium chromium)
{
    [Theory(Timeout = Bounds.Test)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task No_page_has_a_serious_barrier(ColorScheme scheme, int width)
    {
        Axe.Require();
        await using var scene = await Scene.SetAsync(chromium, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var gallery = await Gallery.HangAsync(scene);

        foreach (var picture in gallery.Pictures)
        {
            await picture.ShowAsync(scene);
            (await Axe.FindAsync(scene.Page)).Should().BeEmpty("of {0} at {1}", picture.Name, scene.Page.Url);
        }

        scene.Complaints.Should().BeEmpty();
    }

    /// <summary>Makes the pictures of the README and the docs anew when SCREENSHOTS=true; otherwise there is nothing to test.</summary>
    [Fact(Timeout = Bounds.Test)]
    public async Task The_pictures_in_the_docs_are_made_anew_when_asked()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SCREENSHOTS") == "true" || Chromium.IsContinuousIntegration, "SCREENSHOTS=true makes docs/images anew");
        var folder = Environment.GetEnvironmentVariable("SCREENSHOTS") == "true" ? Directory.CreateDirectory(Repository.Images).FullName : Directory.CreateTempSubdirectory().FullName;
        await using var scene = await Scene.SetAsync(chromium, new() { ViewportSize = new() { Width = 1120, Height = 760 } });
        var gallery = await Gallery.HangAsync(scene);
        foreach (var picture in gallery.Pictures)
        {
            await picture.ShowAsync(scene);
            await scene.Page.EmulateMediaAsync(new() { ColorScheme = picture.IsDark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
            await scene.Page.SetViewportSizeAsync(picture.Width, 760);
            await scene.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{picture.Name}.png"), FullPage = picture.IsWhole });
        }
    }
}

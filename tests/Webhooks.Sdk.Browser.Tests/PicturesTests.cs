using Microsoft.Playwright;
using Webhooks.Sdk.Browser.Tests.Support;

namespace Webhooks.Sdk.Browser.Tests;

/// <summary>A class of its own, for a gallery that nobody has walked through: who tries a page leaves traces on it.</summary>
public sealed class PicturesTests(Gallery gallery) : IClassFixture<Gallery>
{
    /// <summary>Makes the pictures of the README and the docs anew when SCREENSHOTS=true; otherwise there is nothing to test.</summary>
    [Fact(Timeout = Bounds.Test)]
    public async Task The_pictures_in_the_docs_are_made_anew_when_asked()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SCREENSHOTS") == "true" || Chromium.IsContinuousIntegration, "SCREENSHOTS=true makes docs/images anew");
        var folder = Environment.GetEnvironmentVariable("SCREENSHOTS") == "true" ? Directory.CreateDirectory(Repository.Images).FullName : Directory.CreateTempSubdirectory().FullName;
        var scene = await gallery.EnterAsync(ColorScheme.Light, 1120, 760);
        foreach (var picture in gallery.Pictures)
        {
            await picture.ShowAsync(scene);
            await scene.Page.EmulateMediaAsync(new() { ColorScheme = picture.IsDark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
            await scene.Page.SetViewportSizeAsync(picture.Width, 760);
            await scene.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{picture.Name}.png"), FullPage = picture.IsWhole });
        }
    }
}

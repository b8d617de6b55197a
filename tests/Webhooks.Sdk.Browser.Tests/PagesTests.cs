using Microsoft.Playwright;
using Webhooks.Sdk.Browser.Tests.Support;

namespace Webhooks.Sdk.Browser.Tests;

public sealed class PagesTests(Gallery gallery) : IClassFixture<Gallery>
{
    [Theory(Timeout = Bounds.Test)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task No_page_has_a_serious_barrier(ColorScheme scheme, int width)
    {
        Axe.Require();
        var scene = await gallery.EnterAsync(scheme, width, height: 900);

        // What is shown in several sizes or colours is one page here: this test brings its own.
        foreach (var picture in gallery.Pictures.DistinctBy(p => (p.Path, p.Prepare)))
        {
            await picture.ShowAsync(scene);
            (await Axe.FindAsync(scene.Page)).Should().BeEmpty("of {0} at {1}", picture.Name, scene.Page.Url);
        }

        scene.Complaints.Should().BeEmpty();
    }
}

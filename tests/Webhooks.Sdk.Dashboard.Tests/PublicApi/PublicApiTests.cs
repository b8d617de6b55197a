using Webhooks.Sdk.Tests.PublicApi;

namespace Webhooks.Sdk.Dashboard.Tests.PublicApi;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "PublicApi");
        var received = Path.Combine(folder, "Webhooks.Sdk.Dashboard.received.txt");
        var surface = PublicApiText.Of(typeof(WebhooksDashboardOptions).Assembly);
        File.WriteAllText(received, surface);

        surface.Should().Be(
            File.ReadAllText(Path.Combine(folder, "Webhooks.Sdk.Dashboard.approved.txt")).ReplaceLineEndings("\n"),
            $"a change of the public surface is approved by copying {received} over tests/Webhooks.Sdk.Dashboard.Tests/PublicApi");
    }
}

using System.Reflection;

namespace Webhooks.Sdk.Tests.PublicApi;

public sealed class PublicApiTests
{
    public static TheoryData<string> Packages =>
    [
        "Webhooks.Sdk", "Webhooks.Sdk.AspNetCore", "Webhooks.Sdk.EntityFrameworkCore", "Webhooks.Sdk.PostgreSql", "Webhooks.Sdk.Sqlite", "Webhooks.Sdk.Testing",
    ];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_the_approved_one(string package)
    {
        var approved = Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{package}.approved.txt");
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{package}.received.txt");
        var surface = PublicApiText.Of(Assembly.Load(package));
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, surface);

        surface.Split('\n').Should().Equal(
            File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n").Split('\n') : [],
            $"a change of the public surface is approved by copying {received} over tests/Webhooks.Sdk.Tests/PublicApi/{package}.approved.txt");
    }
}

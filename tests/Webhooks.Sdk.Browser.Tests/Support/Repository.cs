using System.Reflection;

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>Where things are.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Repository").Value!;

    public static string Sample => Path.Combine(Root, "samples", "ReviewPlatform");

    public static string Axe => Path.Combine(Root, "tests", "browser", "node_modules", "axe-core", "axe.min.js");

    public static string Images => Path.Combine(Root, "docs", "images");
}

using System.Reflection;

namespace ConsoleHost.Tour;

/// <summary>The files of samples/events, which are built into this program.</summary>
internal static class Examples
{
    public static byte[] Read(string profile, string type)
    {
        var name = $"{profile}/{type}.json";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no example samples/events/{name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

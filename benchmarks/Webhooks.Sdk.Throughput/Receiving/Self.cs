using System.Diagnostics;

namespace Webhooks.Sdk.Throughput.Receiving;

/// <summary>This program once more, as another process.</summary>
internal static class Self
{
    public static ProcessStartInfo Start(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new ProcessStartInfo(program, [Environment.GetCommandLineArgs()[0], .. arguments])
            : new ProcessStartInfo(program, arguments);
    }
}

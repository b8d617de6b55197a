namespace Webhooks.Sdk.FaultBench.Nodes;

/// <summary>How to start this same program again.</summary>
internal static class ThisProgram
{
    private static readonly bool IsDotnet = System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";

    public static string Path => Environment.ProcessPath!;

    public static string[] Arguments => IsDotnet ? [typeof(ThisProgram).Assembly.Location] : [];
}

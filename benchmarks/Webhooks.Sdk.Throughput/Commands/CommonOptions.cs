using System.CommandLine;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>Options of more than one command.</summary>
internal static class CommonOptions
{
    public static Option<FileInfo?> Json() => new("--json") { Description = "Also write every value to this file." };

    public static Option<int> Rounds(int count) => new("--rounds") { Description = "How often each variant is measured.", DefaultValueFactory = _ => count };
}

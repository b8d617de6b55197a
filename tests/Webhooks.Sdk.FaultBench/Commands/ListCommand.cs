using System.CommandLine;
using Webhooks.Sdk.FaultBench.Scenarios;

namespace Webhooks.Sdk.FaultBench.Commands;

/// <summary>Prints the scenarios.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Lists the scenarios.");
        command.SetAction(_ =>
        {
            foreach (var scenario in ScenarioCatalogue.All)
            {
                Console.WriteLine($"{scenario.Name,-16} {scenario.Summary}");
            }
        });
        return command;
    }
}

using System.CommandLine;
using Webhooks.Sdk.FaultBench.Nodes;
using Webhooks.Sdk.FaultBench.Nodes.Inside;

namespace Webhooks.Sdk.FaultBench.Commands;

/// <summary>This program as a node: the bench starts itself with it.</summary>
internal static class NodeCommand
{
    public static Command Create()
    {
        var settings = new Argument<string>("settings");
        var command = new Command("node") { settings };
        command.Hidden = true;
        command.SetAction((parsed, _) => new NodeProgram(NodeSettings.FromJson(parsed.GetRequiredValue(settings))).RunAsync());
        return command;
    }
}

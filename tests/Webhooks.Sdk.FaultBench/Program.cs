using System.CommandLine;
using Webhooks.Sdk.FaultBench.Commands;

var root = new RootCommand("Kills, stops and confuses nodes that send webhooks, and checks that every promise holds.")
{
    RunCommand.Create(), ListCommand.Create(), NodeCommand.Create(),
};
return await root.Parse(args).InvokeAsync();

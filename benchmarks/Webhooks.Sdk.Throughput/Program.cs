using System.CommandLine;
using Webhooks.Sdk.Throughput.Commands;

return await new RootCommand("What a delivery costs, against a hand-written sender and against the fastest loop that .NET allows. Build it with -c Release.")
{
    CompareCommand.Create(),
    FullCommand.Create(),
    IdleCommand.Create(),
    BacklogCommand.Create(),
    AllocationsCommand.Create(),
    FloorCommand.Create(),
    PartitionCommand.Create(),
    SoakCommand.Create(),
    BusyCommand.Create(),
    ReceiveCommand.Create(),
    IdleHostCommand.Create(),
}.Parse(args).InvokeAsync();

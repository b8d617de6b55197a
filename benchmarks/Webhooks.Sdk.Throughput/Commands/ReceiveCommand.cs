using System.CommandLine;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>What the harness starts as the receiver; not for people.</summary>
internal static class ReceiveCommand
{
    public const string Name = "receive";

    public static Command Create()
    {
        var command = new Command(Name) { Hidden = true };
        command.SetAction(async (_, cancellationToken) =>
        {
            await new ReceiverHost().RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }
}

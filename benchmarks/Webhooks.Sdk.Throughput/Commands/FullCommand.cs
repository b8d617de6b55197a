using System.CommandLine;
using Webhooks.Sdk.Throughput.Measuring;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>Everything, with longer rounds.</summary>
internal static class FullCommand
{
    private const int Rounds = 9;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(8);

    public static Command Create()
    {
        var rounds = CommonOptions.Rounds(Rounds);
        var json = CommonOptions.Json();
        var command = new Command("full", "Idle, backlog, and every variant in longer rounds: about ten minutes.") { rounds, json };
        command.SetAction(async (parsed, _) =>
        {
            var report = new Report();
            await BacklogCommand.RunAsync(report, BacklogCommand.Subscriptions, BacklogCommand.Events);
            await IdleCommand.RunAsync(report, IdleCommand.Length);
            await CompareCommand.RunAsync(report, parsed.GetValue(rounds), Length);
            await report.SaveAsync(parsed.GetValue(json));
            return 0;
        });
        return command;
    }
}

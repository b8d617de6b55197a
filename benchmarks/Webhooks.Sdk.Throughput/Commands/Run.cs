using System.CommandLine;
using Webhooks.Sdk.Throughput.Databases;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>What every measuring command has: a receiver, a database server when there is one here, and a report.</summary>
internal sealed record Run(Report Report, ReceiverProcess Receiver, PostgreSqlCluster? Cluster)
{
    private const int SomethingIsMissing = 2;

    private const string HowToInstall =
        "everything of PostgreSQL, because initdb is not here. Install the server (Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install "
        + "postgresql-server; macOS: brew install postgresql), or put its programs on the PATH, and run this again. No database needs to be set up.";

    /// <summary>A command that runs an action and ends with 0 when everything could be measured, and with 2 when something could not.</summary>
    public static Command Command(string name, string description, Func<Run, ParseResult, Task> action, params Option[] options)
    {
        var json = new Option<FileInfo?>("--json") { Description = "Also write every value to this file." };
        var chart = new Option<FileInfo?>("--chart") { Description = "Also draw the rates into this SVG file." };
        var command = new Command(name, description) { json, chart };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            var report = new Report();
            await using var receiver = await ReceiverProcess.StartAsync();
            await using var cluster = await PostgreSqlCluster.StartAsync();
            if (cluster is null)
            {
                report.Missing.Add(HowToInstall);
            }

            await action(new Run(report, receiver, cluster), parsed);
            await report.FinishAsync(parsed.GetValue(json), parsed.GetValue(chart));
            return report.Missing.Count == 0 ? 0 : SomethingIsMissing;
        });
        return command;
    }
}

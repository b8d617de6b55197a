using System.CommandLine;
using System.Diagnostics;
using ConsoleHost.Output;
using ConsoleHost.Tour.Stops;

namespace ConsoleHost.Tour;

/// <summary>No command: everything once, against a receiver in this process, with a table of what was promised and what was seen.</summary>
internal static class TourCommand
{
    // Nothing waits for a time, only for signals; one that never comes must not hang the terminal.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly ITourStop[] Stops = [new FormatsStop(), new RefusedUrlsStop(), new RetryStop(), new RestartStop(), new ForgeryStop(), new SuspensionStop()];

    public static async Task<int> RunAsync(ParseResult input, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        var started = Stopwatch.GetTimestamp();
        List<Finding> findings = [];
        await using (var ground = await TourGround.PrepareAsync(limited.Token))
        {
            for (var i = 0; i < Stops.Length; i++)
            {
                Console.WriteLine(Paint.Strong($"{i + 1}. {Stops[i].Title}"));
                findings.AddRange(await RunAsync(Stops[i], ground, limited.Token));
                Console.WriteLine();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Report(findings, Stopwatch.GetElapsedTime(started));
    }

    // A stop that throws is a finding like any other: the rest of the tour goes on.
    private static async Task<IReadOnlyList<Finding>> RunAsync(ITourStop stop, TourGround ground, CancellationToken cancellationToken)
    {
        try
        {
            return await stop.RunAsync(ground, cancellationToken);
        }
        catch (Exception e)
        {
            return [new(stop.Title, "no error", Plain.Text($"{e.GetType().Name}: {e.Message}"))];
        }
    }

    private static int Report(List<Finding> findings, TimeSpan elapsed)
    {
        var table = new TextTable("what", "expected", "seen", "ok");
        foreach (var finding in findings)
        {
            table.Add(finding.What, Shorten(finding.Expected), Shorten(finding.Seen), finding.Holds ? "yes" : "NO");
        }

        table.WriteTo(Console.Out, static (column, cell) => column != 3 ? cell : cell == "yes" ? Paint.Good(cell) : Paint.Bad(cell));
        Console.WriteLine();

        // In full, because the table shortens.
        foreach (var finding in findings.Where(f => !f.Holds))
        {
            Console.WriteLine($"{finding.What}\n  expected: {finding.Expected}\n  seen:     {finding.Seen}");
        }

        var holding = findings.Count(f => f.Holds);
        var summary = $"{holding} of {findings.Count} hold, in {Durations.Text(elapsed)}.";
        Console.WriteLine(holding == findings.Count ? Paint.Good(summary) : Paint.Bad(summary));
        return holding == findings.Count ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Shorten(string text) => text.Length > 48 ? text[..47] + "…" : text;
}

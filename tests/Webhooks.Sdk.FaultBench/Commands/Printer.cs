using Webhooks.Sdk.FaultBench.Judging;

namespace Webhooks.Sdk.FaultBench.Commands;

/// <summary>Prints what a scenario found.</summary>
internal sealed class Printer(TextWriter output, string title)
{
    private const int MostRefusals = 5;

    public void Print(Verdict verdict, IReadOnlyCollection<string> refusals, TimeSpan duration)
    {
        output.WriteLine(title);
        if (verdict.Stages.Count > 1)
        {
            foreach (var (stage, figures) in verdict.Stages)
            {
                output.WriteLine($"  {stage,-16} {figures}");
            }
        }

        output.WriteLine($"  {"total",-16} {verdict.Total}");
        if (refusals.Count > 0)
        {
            output.WriteLine($"  {refusals.Count} publications ended with an exception:");
            Print(refusals.Take(MostRefusals));
        }

        output.WriteLine($"  {(verdict.Broken.Count == 0 ? "held" : "BROKEN")} in {duration.TotalSeconds:0.0} s");
        Print(verdict.Broken);
    }

    public void Print(Exception e)
    {
        output.WriteLine(title);
        output.WriteLine($"  BROKEN: the scenario did not get to its end: {e}");
    }

    private void Print(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            output.WriteLine($"    {sentence}");
        }
    }
}

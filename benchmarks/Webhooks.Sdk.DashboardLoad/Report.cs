namespace Webhooks.Sdk.DashboardLoad;

/// <summary>Prints the times as a table; not 0 when a median is over the promise.</summary>
internal static class Report
{
    private const double PromisedMedian = 200;

    public static int Print(Dictionary<string, List<double>> times)
    {
        Console.WriteLine("| page | requests | median | p95 | slowest |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        var worst = 0.0;
        foreach (var (name, of) in times)
        {
            of.Sort();
            worst = Math.Max(worst, At(of, 0.5));
            Console.WriteLine($"| {name} | {of.Count} | {At(of, 0.5):N1} ms | {At(of, 0.95):N1} ms | {of[^1]:N1} ms |");
        }

        Console.WriteLine($"The slowest page's median: {worst:N1} ms; promised: {PromisedMedian:N0} ms.");
        return worst <= PromisedMedian ? 0 : 1;
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];
}

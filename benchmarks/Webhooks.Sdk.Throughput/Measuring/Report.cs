using System.Globalization;
using System.Text.Json;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>
/// What was measured: <c>name value</c> lines on standard output with the ratios last, progress on standard error, and a JSON file for machines.
/// </summary>
internal sealed class Report
{
    private readonly SortedDictionary<string, Figure> _figures = new(StringComparer.Ordinal);
    private readonly List<string> _ratios = [];

    /// <summary>What could not be measured, and why.</summary>
    public List<string> Missing { get; } = [];

    public IReadOnlyDictionary<string, Figure> Figures => _figures;

    public void Progress(string text) => Console.Error.WriteLine(text);

    public void Note(string text) => Console.WriteLine($"# {text}");

    public void Add(string name, double value) => Add(name, [value]);

    /// <summary>Adds what was measured several times: the median, and from the least to the most.</summary>
    public void Add(string name, double[] values)
    {
        _figures[name] = Figure.Of(values);
        Console.WriteLine($"{name} {_figures[name]}");
    }

    /// <summary>A line that is printed at the end.</summary>
    public void Ratio(string name, double[] values)
    {
        _figures[name] = Figure.Of(values);
        _ratios.Add(name);
    }

    /// <summary>Prints the ratios and what falls short, and writes the files.</summary>
    public async Task FinishAsync(FileInfo? json, FileInfo? chart)
    {
        foreach (var name in _ratios)
        {
            Console.WriteLine($"{name} {_figures[name]}");
        }

        foreach (var target in Target.All.Where(t => _figures.TryGetValue(t.Name, out var seen) && !t.IsReached(seen.Median)))
        {
            Note($"short: {target.Name} {Figure.Text(_figures[target.Name].Median)}, wanted {target.Wanted}");
        }

        Missing.ForEach(m => Note($"missing: {m}"));
        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(_figures, JsonSerializerOptions.Web));
        }

        if (chart is not null)
        {
            await File.WriteAllTextAsync(chart.FullName, Chart.Draw(_figures));
        }
    }

    /// <summary>One line: a median between the least and the most that were seen.</summary>
    internal readonly record struct Figure(double Median, double Least, double Most)
    {
        public static Figure Of(double[] values)
        {
            Array.Sort(values);
            var median = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
            return new(Math.Round(median, 4), Math.Round(values[0], 4), Math.Round(values[^1], 4));
        }

        public static string Text(double value) => value.ToString(Math.Abs(value) < 10 ? "0.###" : Math.Abs(value) < 1000 ? "0.#" : "0", CultureInfo.InvariantCulture);

        public override string ToString() => Least == Most ? Text(Median) : $"{Text(Median)} ({Text(Least)} – {Text(Most)})";
    }
}

using System.Globalization;
using System.Text.Json;

namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>What was measured: <c>name value</c> lines on standard output, progress on standard error, and a JSON file for machines.</summary>
internal sealed class Report
{
    private readonly SortedDictionary<string, object> _values = new(StringComparer.Ordinal);

    public void Progress(string text) => Console.Error.WriteLine(text);

    public void Note(string text) => Console.WriteLine($"# {text}");

    public void Add(string name, double value)
    {
        _values[name] = Math.Round(value, 4);
        Console.WriteLine($"{name} {Text(value)}");
    }

    /// <summary>Adds what was measured several times: the median, and from the least to the most.</summary>
    public void Add(string name, double[] values)
    {
        Array.Sort(values);
        var median = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        _values[name] = new { median = Math.Round(median, 4), least = Math.Round(values[0], 4), most = Math.Round(values[^1], 4) };
        Console.WriteLine($"{name} {Text(median)} ({Text(values[0])} – {Text(values[^1])})");
    }

    public async Task SaveAsync(FileInfo? file)
    {
        if (file is not null)
        {
            await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(_values, JsonSerializerOptions.Web));
        }
    }

    private static string Text(double value) => value.ToString(value < 10 ? "0.###" : value < 1000 ? "0.#" : "0", CultureInfo.InvariantCulture);
}

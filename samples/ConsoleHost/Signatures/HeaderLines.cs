using System.Text;
using ConsoleHost.Input;

namespace ConsoleHost.Signatures;

/// <summary>Received headers as people paste them: <c>Name: value</c>.</summary>
internal sealed class HeaderLines
{
    private readonly Dictionary<string, string> _byName = new(StringComparer.OrdinalIgnoreCase);

    public static HeaderLines Parse(IEnumerable<string> options)
    {
        var headers = new HeaderLines();
        foreach (var option in options)
        {
            var lines = option.StartsWith('@') ? Encoding.UTF8.GetString(Content.Read("--header", option)).Split('\n') : [option];
            foreach (var line in lines.Where(l => !string.IsNullOrWhiteSpace(l)))
            {
                headers.Add(line.TrimEnd('\r'));
            }
        }

        return headers;
    }

    public string? Find(string name) => _byName.GetValueOrDefault(name);

    private void Add(string line)
    {
        var colon = line.IndexOf(':');
        if (colon <= 0)
        {
            throw new BadInputException($"--header: '{line}' is not 'Name: value'.");
        }

        var name = line[..colon].Trim();
        if (!_byName.TryAdd(name, line[(colon + 1)..].Trim(' ', '\t')))
        {
            throw new BadInputException($"--header: '{name}' is given twice.");
        }
    }
}

namespace ConsoleHost.Output;

/// <summary>Columns as wide as their widest cell. Colour is put on after the widths are known, cell by cell.</summary>
internal sealed class TextTable(params IReadOnlyList<string> headings)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public void WriteTo(TextWriter output, Func<int, string, string>? paint = null)
    {
        int[] widths = [.. headings.Select((heading, column) => _rows.Select(r => r[column].Length).Append(heading.Length).Max())];
        output.WriteLine(Paint.Strong(Line(headings, widths, null)));
        output.WriteLine(Paint.Faint(string.Join("  ", widths.Select(w => new string('-', w)))));
        foreach (var row in _rows)
        {
            output.WriteLine(Line(row, widths, paint));
        }
    }

    private static string Line(IReadOnlyList<string> cells, int[] widths, Func<int, string, string>? paint)
    {
        var line = string.Join("  ", cells.Select((cell, column) =>
        {
            var padding = column == cells.Count - 1 ? "" : new string(' ', widths[column] - cell.Length);
            return (paint?.Invoke(column, cell) ?? cell) + padding;
        }));
        return line.TrimEnd();
    }
}

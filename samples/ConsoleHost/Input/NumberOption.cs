using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace ConsoleHost.Input;

/// <summary>An option that is a number within a range. Its message names the range, where the parser's own would name a CLR type.</summary>
internal static class NumberOption
{
    public static Option<T?> Create<T>(string name, string helpName, T least, T most)
        where T : struct, INumber<T> => new(name)
        {
            HelpName = helpName,
            CustomParser = result => Parse(result, name, least, most),
        };

    private static T? Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError($"{name}: '{text}' is not a number from {least} to {most}.");
        return null;
    }
}

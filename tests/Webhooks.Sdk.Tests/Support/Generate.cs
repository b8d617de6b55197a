using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>Generators of what strangers and hosts type in.</summary>
internal static class Generate
{
    // What encoders like to escape, what JSON must escape, and what needs two UTF-16 units.
    private static readonly string[] Pieces =
        ["a", "Z", "7", "é", "<", ">", "&", "'", "+", "/", "\"", "\\", "\n", "\t", "\0", "\u001f", "\u007f", "\u00a0", "\u2028", "日本", "😀", " "];

    private static readonly string[] Numbers = ["0", "-0", "7", "1.0", "-12.50E+3", "1e400", "0.1000", "123456789012345678901234567890"];

    /// <summary>Well-formed text.</summary>
    public static Gen<string> Text => Gen.Elements(Pieces).ListOf().Select(string.Concat);

    /// <summary>Any UTF-16 units at all, lone surrogates and NUL among them.</summary>
    public static Gen<string> Garbage => Gen.Frequency(
        (4, Gen.Choose(0, 127)), (1, Gen.Choose(0, 0xFFFF)), (1, Gen.Choose(0xD800, 0xDFFF))).ListOf().Select(units => string.Concat(units.Select(u => (char)u)));

    /// <summary>Strings made of the given pieces, so that most of them nearly have a shape.</summary>
    public static Gen<string> From(params string[] pieces) => Gen.Elements(pieces).ListOf().Select(string.Concat);

    /// <summary>JSON text without white space.</summary>
    public static Gen<string> Json => Value(3);

    private static Gen<string> Value(int depth)
    {
        var scalar = Gen.OneOf(Gen.Elements("null", "true", "false"), Gen.Elements(Numbers), Text.Select(t => JsonSerializer.Serialize(t)));
        if (depth == 0)
        {
            return scalar;
        }

        var array = Value(depth - 1).ListOf().Select(items => $"[{string.Join(',', items.Take(4))}]");
        var members = Gen.Zip(Text, Value(depth - 1)).ListOf()
            .Select(pairs => pairs.DistinctBy(p => p.Item1).Take(4).Select(p => $"{JsonSerializer.Serialize(p.Item1)}:{p.Item2}"));
        return Gen.OneOf(scalar, array, members.Select(m => $"{{{string.Join(',', m)}}}"));
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Webhooks.Sdk.Envelopes;

/// <summary>
/// The top-level members of a JSON object that a stranger sent, each as the part of the body that it is. The whole text is checked once: what is
/// not strict JSON, is nested too deep or names a member twice (two readers might each take another one) has no fields at all.
/// </summary>
internal sealed class JsonFields
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = Events.EventData.MaxDepth };

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _values;

    private JsonFields(Dictionary<string, ReadOnlyMemory<byte>> values) => _values = values;

    /// <summary>Null when the text is not one JSON object.</summary>
    public static JsonFields? Read(ReadOnlyMemory<byte> json)
    {
        // The reader looks at the bytes of a string only when it is asked for its text.
        if (!Utf8.IsValid(json.Span))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(json.Span, Strict);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && TryRead(ref reader, json, out var values) ? new(values) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: an escaped half of a surrogate pair
        }
    }

    /// <summary>True for one JSON value of any kind.</summary>
    public static bool IsJson(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json.Span, Strict);
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The member's JSON text; null when there is no such member.</summary>
    public ReadOnlyMemory<byte>? Json(string name) => _values.TryGetValue(name, out var value) ? value : null;

    /// <summary>The member's text; null when there is none, or it is not a string.</summary>
    public string? Text(string name)
    {
        if (!_values.TryGetValue(name, out var value) || value.Span[0] != '"')
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(value.Span);
            reader.Read();
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The member's time in ISO 8601; null when there is none.</summary>
    public DateTimeOffset? Time(string name) => Timestamps.Read(Text(name));

    /// <summary>The member's time in Unix seconds; null when there is none.</summary>
    public DateTimeOffset? UnixSeconds(string name) =>
        _values.TryGetValue(name, out var value) && long.TryParse(value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static bool TryRead(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, out Dictionary<string, ReadOnlyMemory<byte>> values)
    {
        values = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!values.TryAdd(name, json[start..(int)reader.BytesConsumed]))
            {
                return false;
            }
        }

        return !reader.Read(); // nothing may follow the object
    }
}

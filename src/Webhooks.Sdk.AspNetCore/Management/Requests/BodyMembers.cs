using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Webhooks.Sdk.AspNetCore.Management.Problems;

namespace Webhooks.Sdk.AspNetCore.Management.Requests;

/// <summary>
/// Makes an object from JSON and says of every member what is wrong with it, not only of the first. A member that is not known is refused: a
/// misspelt name, or a tenant id that somebody hopes to be believed.
/// </summary>
internal static class BodyMembers
{
    private const int MaxEchoed = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public static Given<T> Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : new()
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, type)
                : new(Problem.Malformed("The body must be a JSON object."));
        }
        catch (JsonException e)
        {
            return new(Problem.Malformed(e.LineNumber is { } line
                ? $"Reading stopped at line {line + 1}, byte {e.BytePositionInLine + 1}."
                : "A name stands twice in one object, or it is nested too deeply."));
        }
        catch (InvalidOperationException)
        {
            return new(Problem.Malformed("A name holds half of a surrogate pair."));
        }
    }

    private static Given<T> Read<T>(JsonElement body, JsonTypeInfo<T> type)
        where T : new()
    {
        List<WebhookError> errors = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            names.Add(member.Name);
            if (type.Properties.FirstOrDefault(p => p.Name == member.Name) is not { } known)
            {
                errors.Add(Unknown(member.Name, type));
            }
            else if (!IsReadable(member, type))
            {
                errors.Add(new(member.Name, "json.type", $"must be {Expected(known, type)}"));
            }
        }

        return errors.Count > 0 ? new(Problem.BadMembers(errors)) : new(body.Deserialize(type) ?? new T(), names);
    }

    // Reads an object of this one member, so that converters of the property apply.
    private static bool IsReadable<T>(JsonProperty member, JsonTypeInfo<T> type)
    {
        ArrayBufferWriter<byte> single = new();
        using (Utf8JsonWriter json = new(single))
        {
            json.WriteStartObject();
            member.WriteTo(json);
            json.WriteEndObject();
        }

        try
        {
            return JsonSerializer.Deserialize(single.WrittenSpan, type) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static WebhookError Unknown<T>(string name, JsonTypeInfo<T> type)
    {
        var shown = name.Length > MaxEchoed ? name[..MaxEchoed] : name;
        return new(shown, "json.unknown", $"is not known here. Known: {string.Join(", ", type.Properties.Select(p => p.Name))}.");
    }

    private static string Expected<T>(JsonPropertyInfo property, JsonTypeInfo<T> type)
    {
        var schema = type.GetJsonSchemaAsNode()["properties"]![property.Name]!.AsObject();
        return schema["enum"] is JsonArray words
            ? $"one of {string.Join(", ", words.Select(w => w?.ToString() ?? "null"))}."
            : $"of the type {(schema["type"] is JsonArray types ? string.Join(" or ", types) : schema["type"]?.ToString())}{(schema["format"] is { } format ? $" ({format})" : "")}"
                + (schema["items"]?["type"] is { } items ? $" of {(items is JsonArray several ? several[0] : items)}." : ".");
    }
}

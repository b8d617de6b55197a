using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Webhooks.Sdk.AspNetCore.OpenApi;

/// <summary>
/// The schema of a format's body, from two bodies of it: what is the same in both is a constant, what differs has a type, and where the data
/// stands, the data's own schema is referred to.
/// </summary>
internal static class EnvelopeSchema
{
    private const string Mark = "webhooks-sdk-data";

    /// <summary>Data that is found again in the body.</summary>
    public const string MarkedData = $$"""{"{{Mark}}":0}""";

    public static JsonObject Of(JsonNode? first, JsonNode? second, JsonObject data) => (first, second) switch
    {
        (JsonObject a, _) when a.ContainsKey(Mark) => data.DeepClone().AsObject(),
        (JsonObject a, JsonObject b) => OfMembers(a, b, data),
        (JsonArray, _) => new() { ["type"] = "array" },
        ({ } a, { } b) when JsonNode.DeepEquals(a, b) => new() { ["type"] = TypeOf(a), ["const"] = a.DeepClone() },
        ({ } a, { } b) when a.GetValueKind() == JsonValueKind.String && b.GetValueKind() == JsonValueKind.String => OfText(a.GetValue<string>(), b.GetValue<string>()),
        ({ } a, _) => new() { ["type"] = TypeOf(a) },
        _ => [],
    };

    private static JsonObject OfMembers(JsonObject first, JsonObject second, JsonObject data)
    {
        JsonObject properties = [];
        foreach (var (name, value) in first)
        {
            properties[name] = Of(value, second[name], data);
        }

        return new() { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. first.Select(m => JsonValue.Create(m.Key))]) };
    }

    private static JsonObject OfText(string first, string second)
    {
        JsonObject schema = new() { ["type"] = "string" };
        if (IsTime(first) && IsTime(second))
        {
            schema["format"] = "date-time";
        }
        else if (Guid.TryParseExact(first, "D", out _) && Guid.TryParseExact(second, "D", out _))
        {
            schema["format"] = "uuid";
        }

        return schema;
    }

    private static bool IsTime(string text) =>
        text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _);

    private static string TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "string",
    };
}

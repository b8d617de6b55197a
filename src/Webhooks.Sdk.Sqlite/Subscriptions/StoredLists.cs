using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Webhooks.Sdk.Sqlite.Files;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Sqlite.Subscriptions;

/// <summary>The parts of a subscription that are lists, as JSON in one column each. Written by hand: three small arrays need no metadata.</summary>
internal static class StoredLists
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<string> eventTypes) => Write(eventTypes, static (json, type) => json.WriteStringValue(type));

    public static string Write(IReadOnlyDictionary<string, string> headers) => Write(headers, static (json, header) =>
    {
        json.WriteStartArray();
        json.WriteStringValue(header.Key);
        json.WriteStringValue(header.Value);
        json.WriteEndArray();
    });

    public static string Write(IReadOnlyList<SubscriptionSecret> secrets) => Write(secrets, static (json, secret) =>
    {
        json.WriteStartArray();
        json.WriteStringValue(secret.Stored);
        json.WriteNumberValue(secret.CreatedAt.ToMicroseconds());
        if (secret.ExpiresAt is { } end)
        {
            json.WriteNumberValue(end.ToMicroseconds());
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndArray();
    });

    public static IReadOnlyList<string> ReadEventTypes(string json)
    {
        using var array = JsonDocument.Parse(json);
        return [.. array.RootElement.EnumerateArray().Select(e => e.GetString()!)];
    }

    public static IReadOnlyDictionary<string, string> ReadHeaders(string json)
    {
        using var array = JsonDocument.Parse(json);
        return array.RootElement.EnumerateArray().ToDictionary(h => h[0].GetString()!, h => h[1].GetString()!, StringComparer.Ordinal);
    }

    public static IReadOnlyList<SubscriptionSecret> ReadSecrets(string json)
    {
        using var array = JsonDocument.Parse(json);
        return [.. array.RootElement.EnumerateArray().Select(s => new SubscriptionSecret(
            s[0].GetString()!, s[1].GetInt64().ToTime(), s[2].ValueKind == JsonValueKind.Null ? null : s[2].GetInt64().ToTime()))];
    }

    private static string Write<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartArray();
            foreach (var item in items)
            {
                write(json, item);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }
}

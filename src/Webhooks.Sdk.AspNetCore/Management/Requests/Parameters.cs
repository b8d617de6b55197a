using System.Globalization;
using System.Text.Json;

namespace Webhooks.Sdk.AspNetCore.Management.Requests;

/// <summary>Reads what stands in the address. Refuses what is not understood; a page size out of range is clamped instead.</summary>
internal static class Parameters
{
    public const int DefaultPageSize = 50;

    /// <summary>Ids may hold a slash, which stays encoded in the path.</summary>
    public static string Id(string routeValue) => routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>0, -1 and 2e9 are wishes for the smallest and the largest page; "many" is not a number.</summary>
    public static WebhookError? PageSize(string? text, out int size)
    {
        size = DefaultPageSize;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wish) || double.IsNaN(wish))
        {
            return new("page_size", "parameter.number", $"must be a number from 1 to {Page<object>.MaxSize}.");
        }

        size = (int)Math.Clamp(wish, 1, Page<object>.MaxSize);
        return null;
    }

    /// <summary>A UUID; nothing is no filter.</summary>
    public static WebhookError? Uuid(string name, string? text, out Guid? value)
    {
        value = Guid.TryParse(text, out var id) ? id : null;
        return string.IsNullOrEmpty(text) || value is not null ? null : new(name, "parameter.uuid", "must be a UUID.");
    }

    /// <summary>One of the words of an enum; nothing is no filter.</summary>
    public static WebhookError? Word<T>(string name, string? text, out T? value)
        where T : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        foreach (var member in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString()) == text)
            {
                value = member;
                return null;
            }
        }

        return new(name, "parameter.word", $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.");
    }
}

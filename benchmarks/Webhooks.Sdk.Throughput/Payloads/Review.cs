using System.Text.Json.Serialization;

namespace Webhooks.Sdk.Throughput.Payloads;

/// <summary>What every variant sends: 500 bytes of JSON, where nothing else is said.</summary>
internal sealed record Review(int Id, int Rating, string Author, string Text)
{
    public const string Type = "review.created";

    public static readonly Review Sample = OfSize(500);

    /// <summary>The text is as long as it takes for the whole to have the wanted length.</summary>
    public static Review OfSize(int bytes)
    {
        var empty = new Review(7, 5, "Zoë Example", "");
        var length = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(empty, ReviewJson.Default.Review).Length;
        return empty with { Text = new string('x', bytes - length) };
    }
}

/// <summary>The source-generated contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Review))]
internal sealed partial class ReviewJson : JsonSerializerContext;

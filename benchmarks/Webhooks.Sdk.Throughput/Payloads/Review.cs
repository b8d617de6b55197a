using System.Text.Json.Serialization;

namespace Webhooks.Sdk.Throughput.Payloads;

/// <summary>What every variant sends: about 500 bytes of JSON.</summary>
internal sealed record Review(int Id, int Rating, string Author, string Text)
{
    private const int Bytes = 500;

    public const string Type = "review.created";

    public static readonly Review Sample = Padded();

    // The text is as long as it takes for the whole to have the wanted length.
    private static Review Padded()
    {
        var empty = new Review(7, 5, "Zoë Example", "");
        var length = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(empty, ReviewJson.Default.Review).Length;
        return empty with { Text = new string('x', Bytes - length) };
    }
}

/// <summary>The source-generated contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Review))]
internal sealed partial class ReviewJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Microbenchmarks;

/// <summary>What the benchmarks publish, sign and store: about 500 bytes.</summary>
internal static class Samples
{
    public const string EventType = "review.created";
    public const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=";
    public const string TextSecret = "0123456789abcdef0123456789abcdef";

    public static readonly DateTimeOffset Time = new(2026, 4, 24, 14, 30, 0, 250, TimeSpan.Zero);
    public static readonly Review Review = new(7, 5, "Zoë Example", new string('x', 440));

    public static byte[] Json => EventData.From(Review, SampleJson.Default.Review).Freeze(int.MaxValue / 8);

    public static WebhookEvent Event(string id = "evt_01ARZ3NDEKTSV4RRFFQ69G5FAV") =>
        new() { Id = id, Type = EventType, TenantId = "default", CreatedAt = Time, Data = Json, TargetCount = 1 };
}

/// <summary>A payload as a host has it.</summary>
public sealed record Review(int Id, int Rating, string Author, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Review))]
internal sealed partial class SampleJson : JsonSerializerContext;

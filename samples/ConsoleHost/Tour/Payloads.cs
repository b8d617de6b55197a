using System.Text.Json.Serialization;

namespace ConsoleHost.Tour;

/// <summary>A host's own payload types. Source-generated metadata makes them work in trimmed applications too.</summary>
internal sealed record ReviewCreated(int Id, int Rating, string Author, string Text);

internal sealed record MessageCreated(int Id, string From, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewCreated))]
[JsonSerializable(typeof(MessageCreated))]
internal sealed partial class PayloadJson : JsonSerializerContext;

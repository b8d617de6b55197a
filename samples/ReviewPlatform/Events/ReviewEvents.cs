using System.Text.Json.Serialization;

namespace ReviewPlatform.Events;

internal sealed record ReviewCreated(int Id, int Rating, string? Title, string? Text, string? Author, DateTime CreatedAt);

internal sealed record ReviewUpdated(int Id, int Rating, string? Title, string? Text, string? Author, DateTime CreatedAt, DateTime UpdatedAt);

internal sealed record ReviewDeleted(int Id, DateTime DeletedAt);

internal sealed record MessageCreated(int Id, string To, string Text, DateTime CreatedAt);

internal sealed record MessageUpdated(int Id, string To, string Text, DateTime CreatedAt, DateTime UpdatedAt, DateTime? SentAt);

internal sealed record MessageDeleted(int Id, DateTime DeletedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewCreated))]
[JsonSerializable(typeof(ReviewUpdated))]
[JsonSerializable(typeof(ReviewDeleted))]
[JsonSerializable(typeof(MessageCreated))]
[JsonSerializable(typeof(MessageUpdated))]
[JsonSerializable(typeof(MessageDeleted))]
internal sealed partial class EventJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace ReviewPlatform.Events;

internal sealed record ReviewCreated(int Id, int Rating, string? Title, string? Text, string? Author, DateTimeOffset CreatedAt);

internal sealed record ReviewUpdated(int Id, int Rating, string? Title, string? Text, string? Author, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

internal sealed record ReviewDeleted(int Id, DateTimeOffset DeletedAt);

internal sealed record MessageCreated(int Id, string To, string Text, DateTimeOffset CreatedAt);

internal sealed record MessageUpdated(int Id, string To, string Text, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? SentAt);

internal sealed record MessageDeleted(int Id, DateTimeOffset DeletedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewCreated))]
[JsonSerializable(typeof(ReviewUpdated))]
[JsonSerializable(typeof(ReviewDeleted))]
[JsonSerializable(typeof(MessageCreated))]
[JsonSerializable(typeof(MessageUpdated))]
[JsonSerializable(typeof(MessageDeleted))]
internal sealed partial class EventJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Webhooks.Sdk.AspNetCore.Tests.Support;

public sealed record ReviewCreated(int Id, int Rating, string? Text = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewCreated))]
internal sealed partial class SampleJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk.AspNetCore.Management.Json;

/// <summary>Enums as words: <c>subscription_disabled</c>. A number is refused, so that a new member in the middle changes nobody's meaning.</summary>
internal sealed class SnakeCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

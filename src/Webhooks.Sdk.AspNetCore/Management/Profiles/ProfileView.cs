using System.ComponentModel;
using System.Text.Json.Serialization;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.AspNetCore.Management.Profiles;

internal sealed record ProfileView
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    [JsonPropertyName("is_default")]
    public required bool IsDefault { get; init; }

    [JsonPropertyName("has_secret")]
    public required bool HasSecret { get; init; }

    [JsonPropertyName("is_secret_readable")]
    [Description("The secret can be read again; otherwise it is shown once.")]
    public required bool IsSecretReadable { get; init; }

    [JsonPropertyName("requires_event_types")]
    [Description("A subscription must name its event types.")]
    public required bool RequiresEventTypes { get; init; }

    [JsonPropertyName("test_event_type")]
    public required string TestEventType { get; init; }

    public static ProfileView Of(WebhookProfile profile, bool isDefault) => new()
    {
        Name = profile.Name,
        Description = profile.Description,
        IsDefault = isDefault,
        HasSecret = profile.Signer.SecretFormat.HasSecret,
        IsSecretReadable = profile.IsSecretReadable,
        RequiresEventTypes = profile.RequiresEventTypes,
        TestEventType = profile.TestEventType,
    };
}

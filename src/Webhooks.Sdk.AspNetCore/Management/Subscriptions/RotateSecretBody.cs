using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

internal sealed class RotateSecretBody
{
    [Description("The new secret; a random one by default.")]
    public string? Secret { get; set; }

    [JsonPropertyName("overlap_seconds")]
    [Description("How long the old secret signs too, from 0 to 2,592,000 (30 days); the host's overlap by default.")]
    public double? OverlapSeconds { get; set; }
}

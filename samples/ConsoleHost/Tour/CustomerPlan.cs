using Webhooks.Sdk.Profiles;

namespace ConsoleHost.Tour;

/// <summary>What a customer of the tour subscribes to.</summary>
internal sealed record CustomerPlan(WebhookProfile Profile, string TenantId, params IReadOnlyList<string> EventTypes)
{
    public string? Name { get; init; }

    public string? Secret { get; init; }
}

using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>What a subscription is created from. Only the URL is required.</summary>
public sealed class NewSubscription
{
    /// <summary>Its id; a new UUID by default. At most 256 characters.</summary>
    public string? Id { get; init; }

    /// <summary>Whose events it gets. Default <see cref="WebhookSubscription.DefaultTenant"/>.</summary>
    public string TenantId { get; init; } = WebhookSubscription.DefaultTenant;

    /// <summary>Where its events go; https only unless the profile or the host says otherwise.</summary>
    public required string Url { get; init; }

    /// <summary>A name for people, at most 256 characters.</summary>
    public string? Name { get; init; }

    /// <summary>A description for people, at most 2,048 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Names, prefixes (<c>review.*</c>) or <c>*</c>; empty for all.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>The name of its wire format; the host's default by default. It cannot be changed later.</summary>
    public string? Profile { get; init; }

    /// <summary>Its secret, for one that is moved from another system; a random one is made by default.</summary>
    public string? Secret { get; init; }

    /// <summary>Headers that its owner wants on every request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>At most so many requests a second; null for no limit.</summary>
    public double? MaxPerSecond { get; init; }

    /// <summary>In which order it gets its deliveries. Default unordered.</summary>
    public DeliveryOrdering Ordering { get; init; }

    /// <summary>Create it switched off. Default false.</summary>
    public bool Disabled { get; init; }
}

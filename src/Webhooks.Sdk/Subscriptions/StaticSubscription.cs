using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>A subscription that the host's configuration or code gives.</summary>
public sealed class StaticSubscription
{
    /// <summary>Its id; required, because it is found again by it at the next start.</summary>
    public string Id { get; set; } = "";

    /// <summary>Whose events it gets. Default <see cref="WebhookSubscription.DefaultTenant"/>.</summary>
    public string TenantId { get; set; } = WebhookSubscription.DefaultTenant;

    /// <summary>Where its events go.</summary>
    public string Url { get; set; } = "";

    /// <summary>A name for people.</summary>
    public string? Name { get; set; }

    /// <summary>A description for people.</summary>
    public string? Description { get; set; }

    /// <summary>Names, prefixes or <c>*</c>; empty for all.</summary>
    public IList<string> EventTypes { get; set; } = [];

    /// <summary>Its wire format; the host's default by default.</summary>
    public string? Profile { get; set; }

    /// <summary>Its secret; required where the format is signed, since nobody would see a random one.</summary>
    public string? Secret { get; set; }

    /// <summary>Headers for every request.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>At most so many requests a second.</summary>
    public double? MaxPerSecond { get; set; }

    /// <summary>In which order it gets its deliveries.</summary>
    public DeliveryOrdering Ordering { get; set; }
}

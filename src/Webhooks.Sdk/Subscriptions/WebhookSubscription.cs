using System.Collections.Frozen;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>A customer's wish to get events at a URL. Immutable: a change makes a new one with the next version.</summary>
public sealed record WebhookSubscription
{
    /// <summary>The tenant of hosts that have only one.</summary>
    public const string DefaultTenant = "default";

    /// <summary>Its id, a UUID unless the host gave one.</summary>
    public required string Id { get; init; }

    /// <summary>Whose events it gets: a project, licence, account, organisation.</summary>
    public string TenantId { get; init; } = DefaultTenant;

    /// <summary>A name for people; some formats send it.</summary>
    public string? Name { get; init; }

    /// <summary>A description for people.</summary>
    public string? Description { get; init; }

    /// <summary>Where its events go.</summary>
    public required string Url { get; init; }

    /// <summary>Names, prefixes (<c>review.*</c>) or <c>*</c>; empty for all.</summary>
    public IReadOnlyList<string> EventTypes
    {
        get;
        init
        {
            field = value;
            Filter = new EventTypeFilter(value);
        }
    }

    = [];

    /// <summary>The name of its wire format. Fixed when the subscription is created.</summary>
    public required string Profile { get; init; }

    /// <summary>Its secrets, newest first; empty where the format is not signed.</summary>
    public IReadOnlyList<SubscriptionSecret> Secrets { get; init; } = [];

    /// <summary>Headers that its owner wants on every request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>At most so many requests a second; null for no limit.</summary>
    public double? MaxPerSecond { get; init; }

    /// <summary>In which order it gets its deliveries.</summary>
    public DeliveryOrdering Ordering { get; init; }

    /// <summary>Whether it gets events.</summary>
    public SubscriptionState State { get; init; }

    /// <summary>Why it is in that state, for people.</summary>
    public string? StateReason { get; init; }

    /// <summary>Since when it is in that state.</summary>
    public DateTimeOffset StateChangedAt { get; init; }

    /// <summary>1 when created; every change adds one.</summary>
    public long Version { get; init; } = 1;

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>It gets events now.</summary>
    public bool IsEnabled => State == SubscriptionState.Enabled;

    /// <summary>The filter made from <see cref="EventTypes"/>.</summary>
    public EventTypeFilter Filter { get; private init; } = new([]);

    /// <summary>Says which one it is; neither secrets nor the URL's query are printed.</summary>
    public override string ToString() => $"WebhookSubscription {{ Id = {Id}, TenantId = {TenantId}, State = {State}, Version = {Version} }}";
}

using System.ComponentModel;
using System.Text.Json.Serialization;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.AspNetCore.Management.Requests;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

/// <summary>A merge patch (RFC 7396): what is absent stays, what is null goes. Lists and headers are replaced as a whole.</summary>
internal sealed class SubscriptionPatchBody
{
    [Description("What is waiting goes there too.")]
    public string? Url { get; set; }

    [Description("null to remove it.")]
    public string? Name { get; set; }

    [Description("null to remove it.")]
    public string? Description { get; set; }

    [JsonPropertyName("event_types")]
    [Description("null or none for all.")]
    public IReadOnlyList<string>? EventTypes { get; set; }

    [Description("All headers; null to remove all.")]
    public IReadOnlyDictionary<string, string>? Headers { get; set; }

    [JsonPropertyName("max_per_second")]
    [Description("null for no limit.")]
    public double? MaxPerSecond { get; set; }

    [JsonConverter(typeof(SnakeCaseEnum<DeliveryOrdering>))]
    [Description("For events published from now on.")]
    public DeliveryOrdering Ordering { get; set; }

    public static SubscriptionUpdate ToUpdate(Given<SubscriptionPatchBody> patch, long? expectedVersion) => new()
    {
        ExpectedVersion = expectedVersion,
        Url = patch.Has("url") ? patch.Value.Url ?? "" : null,
        Name = patch.Has("name") ? patch.Value.Name ?? "" : null,
        Description = patch.Has("description") ? patch.Value.Description ?? "" : null,
        EventTypes = patch.Has("event_types") ? patch.Value.EventTypes ?? [] : null,
        Headers = patch.Has("headers") ? patch.Value.Headers ?? new Dictionary<string, string>() : null,
        MaxPerSecond = patch.Has("max_per_second") ? patch.Value.MaxPerSecond ?? 0 : null,
        Ordering = patch.Has("ordering") ? patch.Value.Ordering : null,
    };
}

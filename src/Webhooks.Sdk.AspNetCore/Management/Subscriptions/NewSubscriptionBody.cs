using System.ComponentModel;
using System.Text.Json.Serialization;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

/// <summary>Neither id nor tenant: an id that is taken would tell of other tenants, and the tenant is the request's.</summary>
internal sealed class NewSubscriptionBody
{
    [Description("Where its events go. Required. https, unless the profile allows http.")]
    public string? Url { get; set; }

    [Description("At most 256 characters.")]
    public string? Name { get; set; }

    [Description("At most 2,048 characters.")]
    public string? Description { get; set; }

    [JsonPropertyName("event_types")]
    [Description("Names, prefixes (review.*) or *; none for all, unless the profile wants them named.")]
    public IReadOnlyList<string>? EventTypes { get; set; }

    [Description("The name of its wire format; the host's default by default. It cannot be changed later.")]
    public string? Profile { get; set; }

    [Description("Its secret, for one that is moved from another system; a random one is made by default.")]
    public string? Secret { get; set; }

    [Description("Headers to send with every request.")]
    public IReadOnlyDictionary<string, string>? Headers { get; set; }

    [JsonPropertyName("max_per_second")]
    [Description("At most so many requests a second; null for no limit.")]
    public double? MaxPerSecond { get; set; }

    [JsonConverter(typeof(SnakeCaseEnum<DeliveryOrdering>))]
    [Description("unordered: several at once. fifo: one at a time, in order of publication.")]
    public DeliveryOrdering Ordering { get; set; }

    [Description("Create it switched off.")]
    public bool Disabled { get; set; }

    public NewSubscription ToNew(string tenant) => new()
    {
        TenantId = tenant,
        Url = Url ?? "",
        Name = Name,
        Description = Description,
        EventTypes = EventTypes ?? [],
        Profile = Profile,
        Secret = Secret,
        Headers = Headers ?? new Dictionary<string, string>(),
        MaxPerSecond = MaxPerSecond,
        Ordering = Ordering,
        Disabled = Disabled,
    };
}

using Microsoft.Extensions.Options;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>Every rule for what strangers type into a subscription. All broken rules are reported together.</summary>
internal sealed class SubscriptionValidator(AddressRules addresses, WebhookEventCatalogue catalogue, IOptions<SubscriptionOptions> options)
{
    private const int MaxEventTypes = 200;
    private const int MaxHeaders = 20;
    private const int MaxName = 256;
    private const int MaxDescription = 2048;
    private const double MaxRate = 100_000;

    public void Validate(WebhookSubscription subscription, WebhookProfile profile)
    {
        List<WebhookError> errors = [];
        Add(Identifiers.Check("id", subscription.Id));
        Add(Identifiers.Check("tenant_id", subscription.TenantId));
        Add(EndpointUrl.Parse(subscription.Url, profile.UrlRule, addresses).Error);
        Add(TooLong("name", subscription.Name, MaxName));
        Add(TooLong("description", subscription.Description, MaxDescription));
        AddEventTypes(subscription.EventTypes, profile);
        AddHeaders(subscription.Headers, profile);
        if (subscription.MaxPerSecond is { } rate && !(rate is > 0 and <= MaxRate))
        {
            Add(new("max_per_second", "rate.range", $"a rate limit is more than 0 and at most {MaxRate:N0} requests a second."));
        }

        if (errors.Count > 0)
        {
            throw new WebhookValidationException(errors);
        }

        void Add(WebhookError? error)
        {
            if (error is not null)
            {
                errors.Add(error);
            }
        }

        void AddEventTypes(IReadOnlyList<string> types, WebhookProfile of)
        {
            if (types.Count == 0 && of.RequiresEventTypes)
            {
                Add(new("event_types", "event_type.required", $"the profile '{of.Name}' needs its event types named."));
            }

            if (types.Count > MaxEventTypes)
            {
                Add(new("event_types", "event_type.too_many", $"at most {MaxEventTypes} entries are allowed."));
                return;
            }

            foreach (var type in types)
            {
                Add(EventTypeFilter.Check(type) ?? (of.RequiresEventTypes && type.EndsWith('*')
                    ? new("event_types", "event_type.wildcard", $"the profile '{of.Name}' needs its event types named; '{type}' is a wildcard.")
                    : Unknown(type)));
            }
        }

        void AddHeaders(IReadOnlyDictionary<string, string> headers, WebhookProfile of)
        {
            if (headers.Count > MaxHeaders)
            {
                Add(new("headers", "header.too_many", $"at most {MaxHeaders} headers are allowed."));
                return;
            }

            foreach (var (name, value) in headers)
            {
                Add(CustomHeaders.Check(name, value, [.. of.Signer.HeaderNames, .. of.Envelope.HeaderNames]));
            }
        }
    }

    private WebhookError? Unknown(string entry)
    {
        if (!options.Value.RequireKnownEventTypes)
        {
            return null;
        }

        var filter = new EventTypeFilter([entry]);
        return catalogue.Types.Any(t => filter.Matches(t.Name)) ? null : new("event_types", "event_type.unknown",
            $"'{entry}' is not an event type that is sent here. Known: {string.Join(", ", catalogue.Types.Select(t => t.Name))}.");
    }

    // Control characters other than line breaks have no place in a text for people, and NUL cannot be stored everywhere.
    private static WebhookError? TooLong(string member, string? text, int max) =>
        text is null ? null
        : text.Length > max ? new(member, "text.too_long", $"has {text.Length} characters; at most {max} are allowed.")
        : text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? new(member, "text.control_character", "must not hold control characters.")
        : !Identifiers.IsWellFormed(text) ? new(member, "text.lone_surrogate", "holds half of a surrogate pair, which has no UTF-8 form.")
        : null;
}

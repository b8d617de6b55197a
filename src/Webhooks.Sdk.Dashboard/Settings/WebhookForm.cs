using System.Globalization;
using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dashboard.Settings;

/// <summary>What a person typed, as it was typed: a refused form comes back with everything still in it.</summary>
internal sealed record WebhookForm
{
    public string Url { get; init; } = "https://";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public bool WantsAll { get; init; } = true;

    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Types and prefixes that no box stands for, separated by spaces or commas.</summary>
    public string OtherTypes { get; init; } = "";

    /// <summary>One <c>Name: value</c> a line.</summary>
    public string Headers { get; init; } = "";

    public string MaxPerSecond { get; init; } = "";

    public DeliveryOrdering Ordering { get; init; }

    public string? Profile { get; init; }

    public long? Version { get; init; }

    public static WebhookForm Read(IFormCollection form) => new()
    {
        Url = form["url"].ToString().Trim(),
        Name = form["name"].ToString().Trim(),
        Description = form["description"].ToString().Trim().ReplaceLineEndings("\n"),
        WantsAll = form["events"] != "some",
        Types = [.. form["type"].Where(t => t is not null).Select(t => t!)],
        OtherTypes = form["other_types"].ToString().Trim(),
        Headers = form["headers"].ToString().Trim(),
        MaxPerSecond = form["max_per_second"].ToString().Trim(),
        Ordering = form["ordering"] == "fifo" ? DeliveryOrdering.Fifo : DeliveryOrdering.Unordered,
        Profile = form["profile"] is [{ Length: > 0 } profile] ? profile : null,
        Version = long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null,
    };

    public static WebhookForm Of(WebhookSubscription webhook, IReadOnlySet<string> known) => new()
    {
        Url = webhook.Url,
        Name = webhook.Name ?? "",
        Description = webhook.Description ?? "",
        WantsAll = webhook.Filter.MatchesAll,
        Types = [.. webhook.EventTypes.Where(known.Contains)],
        OtherTypes = string.Join(", ", webhook.EventTypes.Where(t => !known.Contains(t) && t != "*")),
        Headers = string.Join('\n', webhook.Headers.Select(h => $"{h.Key}: {h.Value}")),
        MaxPerSecond = webhook.MaxPerSecond?.ToString(CultureInfo.InvariantCulture) ?? "",
        Ordering = webhook.Ordering,
        Profile = webhook.Profile,
        Version = webhook.Version,
    };

    /// <summary>What was chosen; empty for all.</summary>
    public IReadOnlyList<string> EventTypes => WantsAll ? []
        : [.. Types.Concat(OtherTypes.Split([',', ' ', '\n', '\t', '\r', ';'], StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];

    /// <summary>What the SDK cannot know: the difference between "some" and "none ticked", and text that is not what its field is for.</summary>
    public List<WebhookError> Check()
    {
        List<WebhookError> errors = [];
        if (!WantsAll && EventTypes.Count == 0)
        {
            errors.Add(new("event_types", "event_type.required", "choose at least one event, or all events."));
        }

        if (RateOf() is null)
        {
            errors.Add(new("max_per_second", "rate.range", "must be a number such as 5 or 0.5."));
        }

        errors.AddRange(HeaderLines().Where(l => l.Name.Length == 0)
            .Select(l => new WebhookError("headers", "header.line", $"'{l.Value}' is not a header: write one as 'Name: value' on each line.")));
        errors.AddRange(HeaderLines().Where(l => l.Name.Length > 0).GroupBy(l => l.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
            .Select(g => new WebhookError("headers", "header.twice", $"'{g.Key}' stands there twice.")));
        return errors;
    }

    /// <summary>0 for no limit; null when it is no number.</summary>
    public double? RateOf() => MaxPerSecond.Length == 0 ? 0
        : double.TryParse(MaxPerSecond.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) ? rate : null;

    public IReadOnlyDictionary<string, string> HeaderValues() =>
        HeaderLines().DistinctBy(l => l.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(l => l.Name, l => l.Value);

    private IEnumerable<(string Name, string Value)> HeaderLines() =>
        Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line =>
            line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (line[..colon].Trim(), line[(colon + 1)..].Trim()) : ("", line));
}

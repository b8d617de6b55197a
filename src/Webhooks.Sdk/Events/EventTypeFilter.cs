namespace Webhooks.Sdk.Events;

/// <summary>Which event types a subscription wants: exact names, <c>review.*</c> prefixes, or <c>*</c>. Empty means all.</summary>
public sealed class EventTypeFilter
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _prefixes = [];

    /// <summary>Builds the filter from entries that <see cref="Check"/> accepts.</summary>
    public EventTypeFilter(IReadOnlyCollection<string> eventTypes)
    {
        MatchesAll = eventTypes.Count == 0;
        foreach (var entry in eventTypes)
        {
            if (entry == "*")
            {
                MatchesAll = true;
            }
            else if (entry.EndsWith(".*", StringComparison.Ordinal))
            {
                _prefixes.Add(entry[..^1]);
            }
            else
            {
                _names.Add(entry);
            }
        }
    }

    /// <summary>Every event type passes.</summary>
    public bool MatchesAll { get; }

    /// <summary>Says what is wrong with one entry of a filter; null when it is fine.</summary>
    public static WebhookError? Check(string? entry, string member = "event_types")
    {
        if (entry == "*")
        {
            return null;
        }

        var name = entry is not null && entry.EndsWith(".*", StringComparison.Ordinal) ? entry[..^2] : entry;
        return EventTypeName.Check(name, member) is { } error
            ? error.Rule == "event_type.wildcard"
                ? error with { Rule = "event_type.filter", Message = $"'{entry}': a wildcard stands alone ('*') or after the last dot ('review.*')." }
                : error
            : null;
    }

    /// <summary>True when an event of this type is wanted.</summary>
    public bool Matches(string eventType)
    {
        if (MatchesAll || _names.Contains(eventType))
        {
            return true;
        }

        foreach (var prefix in _prefixes)
        {
            if (eventType.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

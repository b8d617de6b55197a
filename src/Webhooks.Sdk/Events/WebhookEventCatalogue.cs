using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk.Events;

/// <summary>The event types that this host declared with <c>AddEvent</c>. Publishing an undeclared type is allowed unless the host forbids it.</summary>
public sealed class WebhookEventCatalogue
{
    private readonly Dictionary<string, WebhookEventType> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, WebhookEventType> _byDataType = [];

    /// <summary>Builds the catalogue; a name or a CLR type may be declared once.</summary>
    public WebhookEventCatalogue(IEnumerable<WebhookEventType> types)
    {
        foreach (var type in types)
        {
            if (EventTypeName.Check(type.Name, "name") is { } error)
            {
                throw new WebhookValidationException(error);
            }

            if (!_byName.TryAdd(type.Name, type))
            {
                throw new WebhookValidationException(new WebhookError("name", "event_type.twice", $"the event type '{type.Name}' is added twice."));
            }

            if (type.DataType is { } dataType && !_byDataType.TryAdd(dataType, type))
            {
                throw new WebhookValidationException(new WebhookError("name", "event_type.twice",
                    $"{dataType} is the payload of both '{_byDataType[dataType].Name}' and '{type.Name}': publish one of them by name instead."));
            }
        }

        Types = [.. _byName.Values.OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>All declared types, by name.</summary>
    public IReadOnlyList<WebhookEventType> Types { get; }

    /// <summary>Finds a type by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out WebhookEventType? type) => _byName.TryGetValue(name, out type);

    internal WebhookEventType Of(Type dataType) =>
        _byDataType.TryGetValue(dataType, out var type) ? type : throw new WebhookException(
            $"No event type is declared for {dataType}. Call webhooks.AddEvent<{dataType.Name}>(\"event-name\", \"description\") in AddWebhooks, or publish it by name.");
}

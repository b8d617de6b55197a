using System.Text.Json.Serialization.Metadata;

namespace Webhooks.Sdk.Events;

/// <summary>One entry of the catalogue: an event type that this host sends.</summary>
/// <param name="Name">The event type, for example <c>review-created</c>.</param>
/// <param name="Description">One sentence for the people who subscribe to it.</param>
public sealed record WebhookEventType(string Name, string Description)
{
    /// <summary>An example payload as JSON text; shown in the catalogue and sent by a test delivery of this type.</summary>
    public string? Example { get; init; }

    /// <summary>The CLR type that publishes it, when there is one.</summary>
    public Type? DataType => TypeInfo?.Type;

    internal JsonTypeInfo? TypeInfo { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.AspNetCore.Management.Events;

internal sealed record EventView
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    [JsonPropertyName("created_at")]
    public required DateTimeOffset CreatedAt { get; init; }

    public required JsonElement Data { get; init; }

    public static EventView Of(WebhookEvent @event) => new()
    {
        Id = @event.Id,
        Type = @event.Type,
        CreatedAt = @event.CreatedAt,
        Data = JsonElement.Parse(@event.Data.Span),
    };
}

using System.ComponentModel;
using System.Text.Json;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.AspNetCore.Management.Events;

internal sealed record EventTypeView
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    [Description("JSON Schema 2020-12 of the data; null where the host declared no type for it.")]
    public required JsonElement? Schema { get; init; }

    [Description("An example of the data.")]
    public required JsonElement? Example { get; init; }

    public static EventTypeView Of(WebhookEventType type) => new()
    {
        Name = type.Name,
        Description = type.Description,
        Schema = DataSchema.Of(type) is { } schema ? JsonElement.Parse(schema.ToJsonString()) : null,
        Example = type.Example is { } example ? JsonElement.Parse(example) : null,
    };
}

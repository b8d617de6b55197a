namespace Webhooks.Sdk.AspNetCore.Management.Events;

internal sealed record EventTypeListView
{
    public required IReadOnlyList<EventTypeView> Items { get; init; }
}

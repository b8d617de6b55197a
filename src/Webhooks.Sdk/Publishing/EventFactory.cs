using System.Diagnostics;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Publishing;

/// <summary>Checks what is published, before the store is touched, and freezes it.</summary>
internal sealed class EventFactory(WebhookEventCatalogue catalogue, IOptions<PublishOptions> options, TimeProvider time)
{
    private readonly PublishOptions _options = options.Value;

    /// <summary>The type and the data to freeze, after every check that does not need the data.</summary>
    public (string Type, EventData Data) Check(NewWebhookEvent newEvent)
    {
        ArgumentNullException.ThrowIfNull(newEvent);
        ArgumentNullException.ThrowIfNull(newEvent.Data);
        var (type, data) = newEvent.Data.Resolve(newEvent.Type, catalogue);
        Throw(EventTypeName.Check(type));
        Throw(Identifiers.Check("tenant_id", newEvent.TenantId));
        Throw(newEvent.TenantName is null ? null : Identifiers.Check("tenant_name", newEvent.TenantName));
        Throw(newEvent.Id is null ? null : Identifiers.CheckMessageId("id", newEvent.Id));
        if (_options.RequireKnownEventTypes && !catalogue.TryGet(type, out _))
        {
            Throw(new("type", "event_type.unknown", $"'{type}' was not declared: call webhooks.AddEvent(\"{type}\", …), or allow it with PublishOptions.RequireKnownEventTypes."));
        }

        return (type, data);

        static void Throw(WebhookError? error)
        {
            if (error is not null)
            {
                throw new WebhookValidationException(error);
            }
        }
    }

    public WebhookEvent Make(NewWebhookEvent newEvent, string type, EventData data, int targetCount)
    {
        var now = time.GetUtcNow();
        return new WebhookEvent
        {
            Id = newEvent.Id ?? EventId.New(now),
            Type = type,
            TenantId = newEvent.TenantId,
            TenantName = newEvent.TenantName,
            CreatedAt = ToMicroseconds(newEvent.CreatedAt ?? now),
            Data = data.Freeze(_options.MaxPayloadBytes),
            TraceParent = newEvent.TraceParent ?? Activity.Current?.Id,
            TargetCount = targetCount,
        };
    }

    public string IdOf(NewWebhookEvent newEvent) => newEvent.Id ?? EventId.New(time.GetUtcNow());

    // A database keeps microseconds; a body made from the row must be the same as one made from the original.
    private static DateTimeOffset ToMicroseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}

using System.Diagnostics.CodeAnalysis;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// Events that go to many, so that the claims of a large fan-out share one object, and with it the body that was rendered once. The oldest go
/// first; an event with one target is not kept, its next attempt is a while away.
/// </summary>
internal sealed class EventCache
{
    private const int MaxEvents = 1000;
    private const long MaxBytes = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<EventKey, WebhookEvent> _byKey = [];
    private readonly Queue<EventKey> _inOrder = new();
    private long _bytes;

    public bool TryGet(EventKey key, [NotNullWhen(true)] out WebhookEvent? @event)
    {
        lock (_gate)
        {
            return _byKey.TryGetValue(key, out @event);
        }
    }

    public void Add(EventKey key, WebhookEvent @event)
    {
        if (@event.TargetCount < 2 || @event.Data.Length > MaxBytes / 4)
        {
            return;
        }

        lock (_gate)
        {
            if (!_byKey.TryAdd(key, @event))
            {
                return;
            }

            _inOrder.Enqueue(key);
            _bytes += @event.Data.Length;
            while (_inOrder.Count > MaxEvents || _bytes > MaxBytes)
            {
                _byKey.Remove(_inOrder.Dequeue(), out var oldest);
                _bytes -= oldest!.Data.Length;
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>Hears from the runtime of every connection that this process begins, whether or not anybody answers.</summary>
internal sealed class ConnectWatch : EventListener
{
    // Created when the base constructor already calls OnEventSourceCreated, which is before any initialiser of a constructor body.
    private readonly ConcurrentQueue<string> _begun = new();

    /// <summary>How many connections to this port were begun.</summary>
    public int BegunTo(int port)
    {
        // "InterNetwork:16:{31,144,127,0,0,1,…}": the port's two bytes come first.
        var mark = $":{{{port >> 8},{port & 255},";
        return _begun.Count(address => address.Contains(mark, StringComparison.Ordinal));
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Sockets")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is { EventName: "ConnectStart", Payload: [string address, ..] })
        {
            _begun.Enqueue(address);
        }
    }
}

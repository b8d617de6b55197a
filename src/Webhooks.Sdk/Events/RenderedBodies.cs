namespace Webhooks.Sdk.Events;

/// <summary>The bodies made from one event, one per envelope. Usually one entry, so a linked list beats a dictionary.</summary>
internal sealed class RenderedBodies
{
    private Entry? _first;

    private sealed record Entry(object Envelope, ReadOnlyMemory<byte> Body, Entry? Next);

    public ReadOnlyMemory<byte> GetOrAdd<TContext>(object envelope, TContext context, Func<TContext, ReadOnlyMemory<byte>> render)
    {
        if (Find(envelope) is { } known)
        {
            return known.Body;
        }

        // One renders, the others of the fan-out wait for it: a body is made once.
        lock (this)
        {
            if (Find(envelope) is { } made)
            {
                return made.Body;
            }

            var body = render(context);
            Volatile.Write(ref _first, new Entry(envelope, body, _first));
            return body;
        }
    }

    private Entry? Find(object envelope)
    {
        for (var entry = Volatile.Read(ref _first); entry is not null; entry = entry.Next)
        {
            if (ReferenceEquals(entry.Envelope, envelope))
            {
                return entry;
            }
        }

        return null;
    }
}

namespace Webhooks.Sdk.EntityFrameworkCore.Outbox;

/// <summary>
/// Gives each publication of this process its place: the time, or one more than the last. An identity column would number the rows as the
/// provider sorts its inserts, not as the host published them, and not every database has one beside the key.
/// </summary>
internal sealed class PublicationOrder(TimeProvider time)
{
    private long _last;

    public long Next()
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(last + 1, time.GetUtcNow().UtcTicks);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }
}

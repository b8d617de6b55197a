using System.Threading.Channels;
using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;

/// <summary>The data of the events that these tests send.</summary>
public sealed record Review(int Id, int Rating);

/// <summary>Notes what was handled, and may be told to do something else first.</summary>
internal sealed class Handled
{
    private readonly Channel<object> _channel = Channel.CreateUnbounded<object>();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Runs before each note, with the number of the call.</summary>
    public Func<int, CancellationToken, Task> First { get; set; } = (_, _) => Task.CompletedTask;

    public Task TakeAsync(Review review, CancellationToken cancellationToken) => NoteAsync(review, cancellationToken);

    public Task TakeAsync(ReceivedWebhook webhook, CancellationToken cancellationToken) => NoteAsync(webhook, cancellationToken);

    /// <summary>What was handled next.</summary>
    public async Task<object> NextAsync() => await _channel.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private async Task NoteAsync(object what, CancellationToken cancellationToken)
    {
        await First(Interlocked.Increment(ref _count), cancellationToken);
        _channel.Writer.TryWrite(what);
    }
}

namespace Webhooks.Sdk.Receiving;

/// <summary>
/// Remembers which messages have arrived, so that each is handled once however often it is sent. A message is in hand (leased), waiting (stored,
/// with a due time that is the lease's end while it is leased), handled, or given up. Every answer is atomic between all nodes that share the store,
/// and the store's own clock decides which lease has ended.
/// </summary>
public interface IWebhookInbox
{
    /// <summary>
    /// Begins a message that is handled while its sender waits. Of any number of simultaneous calls for one key exactly one gets the lease, until it
    /// is recorded or has ended. A message that was given up may be begun again: the sender has sent it again.
    /// </summary>
    ValueTask<InboxAnswer> BeginAsync(InboxKey key, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a message that is handled later. <see cref="InboxState.New"/> and <see cref="InboxState.Known"/> mean that it is as durable as the store.
    /// A message that was given up starts anew.
    /// </summary>
    /// <exception cref="Deliveries.WebhookQueueFullException">A bounded store has no room.</exception>
    ValueTask<InboxAnswer> AcceptAsync(InboxMessage message, CancellationToken cancellationToken);

    /// <summary>Takes stored messages that are due, the longest due first.</summary>
    /// <param name="receivers">Only of these receivers: the ones that this process has handlers for.</param>
    /// <param name="maxCount">At most so many.</param>
    /// <param name="lease">For so long nobody else gets them.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(IReadOnlyCollection<string> receivers, int maxCount, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Lets a lease end so much later than now. False when somebody else has taken the message over.</summary>
    ValueTask<bool> RenewAsync(InboxLease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>
    /// Writes what became of a message in hand. False when somebody else has taken it over: nothing was written. A lease that has ended but that
    /// nobody else has taken may still record.
    /// </summary>
    ValueTask<bool> RecordAsync(InboxLease lease, InboxTransition transition, CancellationToken cancellationToken);

    /// <summary>The messages of a receiver that were given up, the newest first.</summary>
    ValueTask<IReadOnlyList<GivenUpMessage>> ListGivenUpAsync(string receiver, int maxCount, CancellationToken cancellationToken);

    /// <summary>Lets a message that was given up start anew. False when there is none with that key.</summary>
    ValueTask<bool> RetryAsync(InboxKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets what was handled or given up longer ago than <paramref name="age"/>, and what was begun then and never ended. What is waiting stays.
    /// Returns how many there were.
    /// </summary>
    ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken);
}

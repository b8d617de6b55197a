using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Receiving.InMemory;

/// <summary>The default inbox: bounded, and gone with the process. One lock: each call only touches a few entries.</summary>
internal sealed class InMemoryInbox(IOptions<InMemoryInboxOptions> options, TimeProvider time) : IWebhookInbox
{
    private static readonly Comparer<InboxEntry> ByDueTime = Comparer<InboxEntry>.Create(static (a, b) =>
        a.DueAt.CompareTo(b.DueAt) is var order and not 0 ? order : a.Number.CompareTo(b.Number));

    private readonly InMemoryInboxOptions _options = options.Value;
    private readonly Lock _gate = new();
    private readonly Dictionary<InboxKey, InboxEntry> _entries = [];
    private readonly SortedSet<InboxEntry> _stored = new(ByDueTime);
    private readonly LinkedList<InboxEntry> _settled = [];
    private long _storedBytes;
    private long _lastNumber;

    public ValueTask<InboxAnswer> BeginAsync(InboxKey key, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_entries.TryGetValue(key, out var entry) && Refuse(entry, now) is { } answer)
            {
                return new(answer);
            }

            entry = Renew(key, entry, now);
            return new(new InboxAnswer(InboxState.New, Take(entry, now + lease)));
        }
    }

    public ValueTask<InboxAnswer> AcceptAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_entries.TryGetValue(message.Key, out var entry))
            {
                if (entry is { State: InboxEntryState.Waiting, Message: not null })
                {
                    return new(new InboxAnswer(InboxState.Known));
                }

                if (Refuse(entry, now) is { } answer)
                {
                    return new(answer);
                }
            }

            if (_storedBytes + message.Body.Length > _options.MaxStoredBytes)
            {
                throw new WebhookQueueFullException(
                    $"The inbox in memory holds {_storedBytes} bytes of accepted messages (InMemoryInboxOptions.MaxStoredBytes). Handle them faster, or use a durable inbox.");
            }

            Store(Renew(message.Key, entry, now), message, now);
            return new(new InboxAnswer(InboxState.New));
        }
    }

    public ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(
        IReadOnlyCollection<string> receivers, int maxCount, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var due = _stored.TakeWhile(e => e.DueAt <= now).Where(e => receivers.Contains(e.Key.Receiver)).Take(maxCount).ToList();
            return new([.. due.Select(entry => new ClaimedMessage(Take(entry, now + lease), entry.Message!, entry.Attempts))]);
        }
    }

    public ValueTask<bool> RenewAsync(InboxLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(lease) is not { } entry)
            {
                return new(false);
            }

            Move(entry, time.GetUtcNow() + duration);
            return new(true);
        }
    }

    public ValueTask<bool> RecordAsync(InboxLease lease, InboxTransition transition, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(lease) is not { } entry)
            {
                return new(false);
            }

            Write(entry, transition, time.GetUtcNow());
            return new(true);
        }
    }

    public ValueTask<IReadOnlyList<GivenUpMessage>> ListGivenUpAsync(string receiver, int maxCount, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new([.. _settled.Reverse().Where(e => e.State == InboxEntryState.GivenUp && e.Key.Receiver == receiver).Take(maxCount)
                .Select(e => new GivenUpMessage(e.Message!, e.Attempts, e.ChangedAt, e.Reason!))]);
        }
    }

    public ValueTask<bool> RetryAsync(InboxKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var entry) || entry.State != InboxEntryState.GivenUp)
            {
                return new(false);
            }

            var (message, now) = (entry.Message!, time.GetUtcNow());
            Store(Renew(key, entry, now), message, now);
            return new(true);
        }
    }

    public ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var before = time.GetUtcNow() - age;
            var old = _settled.TakeWhile(e => e.ChangedAt < before)
                .Concat(_entries.Values.Where(e => e is { State: InboxEntryState.Waiting, Message: null } && e.DueAt < before && e.ChangedAt < before))
                .ToList();
            old.ForEach(Forget);
            return new(old.Count);
        }
    }

    // Null when the message may be taken: it is due, or it was given up.
    private static InboxAnswer? Refuse(InboxEntry entry, DateTimeOffset now) => entry.State switch
    {
        InboxEntryState.Handled => new(InboxState.Known),
        InboxEntryState.Waiting when entry.DueAt > now => new(InboxState.InHand, FreeIn: entry.DueAt - now),
        _ => null,
    };

    private InboxEntry? Find(InboxLease lease) =>
        _entries.TryGetValue(lease.Key, out var entry) && entry.State == InboxEntryState.Waiting && entry.Token == lease.Token ? entry : null;

    // A new entry, or a given-up one that starts anew; what waits stays as it is.
    private InboxEntry Renew(InboxKey key, InboxEntry? entry, DateTimeOffset now)
    {
        if (entry is { State: InboxEntryState.Waiting })
        {
            return entry;
        }

        if (entry is not null)
        {
            Forget(entry);
        }

        return _entries[key] = new InboxEntry(key) { Number = ++_lastNumber, DueAt = now, ChangedAt = now };
    }

    private void Store(InboxEntry entry, InboxMessage message, DateTimeOffset now)
    {
        (entry.Message, entry.DueAt, entry.Token, entry.Attempts) = (message, now, null, 0);
        _storedBytes += message.Body.Length;
        _stored.Add(entry);
    }

    private InboxLease Take(InboxEntry entry, DateTimeOffset until)
    {
        var token = Guid.NewGuid();
        entry.Token = token;
        entry.Attempts++;
        Move(entry, until);
        return new(entry.Key, token);
    }

    // The set is ordered by the time, so an entry leaves it while its time changes.
    private void Move(InboxEntry entry, DateTimeOffset dueAt)
    {
        var isStored = _stored.Remove(entry);
        entry.DueAt = dueAt;
        if (isStored)
        {
            _stored.Add(entry);
        }
    }

    private void Write(InboxEntry entry, InboxTransition transition, DateTimeOffset now)
    {
        entry.Token = null;
        switch (transition)
        {
            case InboxTransition.Handled:
                DropContent(entry);
                Settle(entry, InboxEntryState.Handled, now);
                break;
            case InboxTransition.Released or InboxTransition.Retry when entry.Message is null:
                Forget(entry);
                break;
            case InboxTransition.Released:
                entry.Attempts--;
                Move(entry, now);
                break;
            case InboxTransition.Retry retry:
                Move(entry, now + retry.Delay);
                break;
            case InboxTransition.GivenUp givenUp when entry.Message is not null:
                _stored.Remove(entry);
                entry.Reason = givenUp.Reason;
                Settle(entry, InboxEntryState.GivenUp, now);
                break;
            default:
                Forget(entry);
                break;
        }
    }

    private void Settle(InboxEntry entry, InboxEntryState state, DateTimeOffset now)
    {
        (entry.State, entry.ChangedAt) = (state, now);
        _settled.AddLast(entry);
        while (_settled.Count > _options.MaxRemembered)
        {
            Forget(_settled.First!.Value);
        }
    }

    private void DropContent(InboxEntry entry)
    {
        _stored.Remove(entry);
        _storedBytes -= entry.Message?.Body.Length ?? 0;
        entry.Message = null;
    }

    private void Forget(InboxEntry entry)
    {
        DropContent(entry);
        _entries.Remove(entry.Key);
        if (entry.State != InboxEntryState.Waiting)
        {
            _settled.Remove(entry);
        }
    }
}

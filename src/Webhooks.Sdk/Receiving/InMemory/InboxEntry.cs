namespace Webhooks.Sdk.Receiving.InMemory;

/// <summary>One message in memory. Changed only under the inbox's lock.</summary>
internal sealed class InboxEntry(InboxKey key)
{
    public InboxKey Key { get; } = key;

    /// <summary>Orders messages that are due at the same time.</summary>
    public long Number { get; set; }

    public InboxEntryState State { get; set; }

    /// <summary>When it is due; while it is leased, when the lease ends.</summary>
    public DateTimeOffset DueAt { get; set; }

    public Guid? Token { get; set; }

    public int Attempts { get; set; }

    /// <summary>When it was begun or accepted, then when it was handled or given up.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The content, where it was accepted first and is not handled yet.</summary>
    public InboxMessage? Message { get; set; }

    public string? Reason { get; set; }
}

/// <summary>The states that an entry has in any store.</summary>
internal enum InboxEntryState
{
    Waiting,
    Handled,
    GivenUp,
}

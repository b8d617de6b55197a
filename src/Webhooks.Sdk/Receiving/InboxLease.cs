namespace Webhooks.Sdk.Receiving;

/// <summary>The right to handle one message for a while. What comes of it is recorded only while nobody else has taken the message over.</summary>
/// <param name="Key">The message.</param>
/// <param name="Token">Proves the lease to the store.</param>
public sealed record InboxLease(InboxKey Key, Guid Token);

namespace Webhooks.Sdk.Receiving;

/// <summary>An inbox's answer to a message that has arrived.</summary>
/// <param name="State">What it is.</param>
/// <param name="Lease">The right to handle it; only where a new message was begun.</param>
/// <param name="FreeIn">How long the one who has it in hand may keep it, unless the lease is renewed; only for <see cref="InboxState.InHand"/>.</param>
public readonly record struct InboxAnswer(InboxState State, InboxLease? Lease = null, TimeSpan? FreeIn = null);

namespace Webhooks.Sdk.Receiving;

/// <summary>A stored message that this process has in hand.</summary>
/// <param name="Lease">The right to handle it.</param>
/// <param name="Message">What was accepted.</param>
/// <param name="Attempts">How often it has been claimed, this time included. One that kills the process each time counts too.</param>
public sealed record ClaimedMessage(InboxLease Lease, InboxMessage Message, int Attempts);

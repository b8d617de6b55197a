namespace Webhooks.Sdk.Receiving;

/// <summary>A stored message whose handler failed too often. It stays until somebody retries it, the sender sends it again, or it is purged.</summary>
/// <param name="Message">What was accepted.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="GivenUpAt">When.</param>
/// <param name="Reason">What the last attempt said.</param>
public sealed record GivenUpMessage(InboxMessage Message, int Attempts, DateTimeOffset GivenUpAt, string Reason);

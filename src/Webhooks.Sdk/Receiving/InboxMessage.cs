namespace Webhooks.Sdk.Receiving;

/// <summary>A verified message that is stored before it is handled.</summary>
/// <param name="Key">What makes it one and the same.</param>
/// <param name="Type">The event type.</param>
/// <param name="Headers">The request headers that belong to the envelope, as lines of <c>name: value</c>. Never the ones that prove the sender: some of them are the secret itself.</param>
/// <param name="Body">The raw body.</param>
public sealed record InboxMessage(InboxKey Key, string Type, string Headers, ReadOnlyMemory<byte> Body);

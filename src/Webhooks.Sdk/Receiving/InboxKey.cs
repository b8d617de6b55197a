namespace Webhooks.Sdk.Receiving;

/// <summary>What makes a received message one and the same, however often it arrives.</summary>
/// <param name="Receiver">The receiver's name: messages of two receivers never meet.</param>
/// <param name="Sender">Who sent it, where one receiver serves several senders; otherwise empty. An id says nothing outside its sender's messages.</param>
/// <param name="MessageId">The message id: the same on every attempt of one delivery.</param>
public readonly record struct InboxKey(string Receiver, string Sender, string MessageId);

namespace Webhooks.Sdk.FaultBench.Receiving;

/// <summary>A delivery is event × subscription.</summary>
internal readonly record struct DeliveryKey(string EventId, string SubscriptionId);

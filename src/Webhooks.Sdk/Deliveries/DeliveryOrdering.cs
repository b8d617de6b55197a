namespace Webhooks.Sdk.Deliveries;

/// <summary>In which order a subscription gets its deliveries.</summary>
public enum DeliveryOrdering
{
    /// <summary>Several at once; a delivery that is waiting for its retry holds up nobody. The default.</summary>
    Unordered,

    /// <summary>One at a time in order of publication; a delivery that is retried holds up those behind it until it is delivered or has failed.</summary>
    Fifo,
}

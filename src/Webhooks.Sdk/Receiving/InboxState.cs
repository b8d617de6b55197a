namespace Webhooks.Sdk.Receiving;

/// <summary>How an inbox answers a message that has arrived.</summary>
public enum InboxState
{
    /// <summary>It is new, or nobody has it in hand any more: it is the caller's now, or was accepted now.</summary>
    New,

    /// <summary>Somebody has it in hand at this moment, and it is not known how that will end. The sender has to try again.</summary>
    InHand,

    /// <summary>It is handled, or it is stored and will be: a repetition that the sender may forget.</summary>
    Known,
}

namespace Webhooks.Sdk.FaultBench.Nodes;

/// <summary>A point on an event's way at which a node can be told to report and stand still.</summary>
internal enum Stage
{
    None,

    /// <summary>The rows are written in the host's own transaction, which is not committed.</summary>
    BeforeCommit,

    /// <summary>The event is committed; its publisher does not know yet.</summary>
    AfterCommit,

    /// <summary>Deliveries are claimed; nothing is sent.</summary>
    AfterClaim,

    /// <summary>The receiver has answered; the result is not stored.</summary>
    AfterAnswer,

    /// <summary>An event for many endpoints goes to the store. The node reports and goes on.</summary>
    FanOutEnqueue,
}

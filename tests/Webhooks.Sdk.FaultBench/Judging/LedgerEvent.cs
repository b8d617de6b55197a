namespace Webhooks.Sdk.FaultBench.Judging;

/// <summary>What is known of one publication, from the outside.</summary>
internal sealed class LedgerEvent(string tenant, string stage)
{
    public string Tenant => tenant;

    /// <summary>The kind of kill that it was published before.</summary>
    public string Stage => stage;

    /// <summary>How many deliveries the publisher was promised; null while it was promised nothing.</summary>
    public int? Promised { get; set; }

    /// <summary>The store had committed it when its node was killed.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>Its transaction was open when its node was killed.</summary>
    public bool IsNeverCommitted { get; set; }

    /// <summary>It must arrive or be accounted for.</summary>
    public bool IsDue => Promised is not null || IsCommitted;
}

namespace Webhooks.Sdk.FaultBench.Stores;

/// <summary>Where the nodes keep their events and deliveries.</summary>
internal enum StoreKind
{
    /// <summary>In each node's own memory. Loses everything at a kill: it shows that the oracle notices.</summary>
    Memory,

    /// <summary>A file that all nodes share.</summary>
    Sqlite,

    /// <summary>A database that all nodes share.</summary>
    Postgres,
}

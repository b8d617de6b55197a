namespace Webhooks.Sdk.Receiving.InMemory;

/// <summary>The bounds of the inbox in memory. Nothing of it outlives the process.</summary>
public sealed class InMemoryInboxOptions
{
    /// <summary>
    /// Handled ids and given-up messages that are remembered; the oldest are forgotten first. Default 100,000, about 30 MB. A repetition of a forgotten
    /// one is handled again.
    /// </summary>
    public int MaxRemembered { get; set; } = 100_000;

    /// <summary>Bytes of accepted bodies that may wait, or be given up. At the bound nothing more is accepted. Default 64 MiB.</summary>
    public long MaxStoredBytes { get; set; } = 64L * 1024 * 1024;
}

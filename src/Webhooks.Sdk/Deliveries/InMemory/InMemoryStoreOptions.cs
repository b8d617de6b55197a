namespace Webhooks.Sdk.Deliveries.InMemory;

/// <summary>The bounds of the in-memory store. Nothing of it outlives the process.</summary>
public sealed class InMemoryStoreOptions
{
    /// <summary>Deliveries that may wait at once. At the bound publishers wait, then get a <see cref="WebhookQueueFullException"/>. Default 1,000,000.</summary>
    public int MaxPending { get; set; } = 1_000_000;

    /// <summary>
    /// Bytes of payload that may wait at once; one that goes to several subscriptions counts once. At the bound publishers wait as well. Default 1 GiB.
    /// </summary>
    public long MaxPendingBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How long a publisher waits for room. Default 30 seconds.</summary>
    public TimeSpan EnqueueTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Events that are remembered after their deliveries are done, for idempotency, resending and recovery; the oldest go first. Default 1,000:
    /// many more, and at a high rate every event outlives the youngest generation of the garbage collector.
    /// </summary>
    public int MaxEvents { get; set; } = 1_000;

    /// <summary>Bytes of payload that those remembered events may hold together. Default 64 MiB.</summary>
    public long MaxEventBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Lines of the attempts log; the oldest go first. Default 1,000.</summary>
    public int MaxAttempts { get; set; } = 1_000;

    /// <summary>Failed deliveries that are kept for resending; the oldest go first, and that is logged. Default 100,000.</summary>
    public int MaxFailed { get; set; } = 100_000;
}

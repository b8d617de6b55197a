namespace Webhooks.Sdk.Throughput.Measuring;

/// <summary>A line that has to reach something.</summary>
internal sealed record Target(string Name, double Bound, bool IsMost = false)
{
    public static IReadOnlyList<Target> All { get; } =
    [
        new("ratio.memory_vs_raw_loop", 0.90),
        new("ratio.memory_vs_naive", 1.5),
        new("ratio.postgres_vs_memory", 0.50),
        new("ratio.sqlite_vs_memory", 0.35),
        new("ratio.postgres_enqueue_vs_floor", 0.5),
        new("ratio.postgres_single_publish_vs_bare_insert", 2.0),
        new("ratio.postgres_2_nodes_vs_1", 1.0),
        new("ratio.throughput_after_1m_vs_start", 0.8),
        new("ratio.p99_with_dead_endpoint_vs_without", 1.10, IsMost: true),
        new("ratio.fanout_vs_single", 0.95),
        new("ratio.claim_at_1m_vs_1k_pending", 2, IsMost: true),
        new("memory_batch.allocated_bytes_per_delivery", 2000, IsMost: true),
        new("postgres_batch.allocated_bytes_per_delivery", 3000, IsMost: true),
        new("memory_single.idle_publish_to_received_p50_us", 1000, IsMost: true),
        new("postgres_batch.idle_publish_to_received_p50_us", 5000, IsMost: true),
        new("postgres_single_publish.connections", 4, IsMost: true),
        new("backlog.memory_mb", 250, IsMost: true),
        new("idle.memory_cpu_percent_of_a_core", 0.5, IsMost: true),
        new("idle.sqlite_cpu_percent_of_a_core", 0.5, IsMost: true),
        new("idle.postgres_cpu_percent_of_a_core", 0.5, IsMost: true),
    ];

    public string Wanted => $"{(IsMost ? "at most" : "at least")} {Report.Figure.Text(Bound)}";

    public bool IsReached(double value) => IsMost ? value <= Bound : value >= Bound;
}

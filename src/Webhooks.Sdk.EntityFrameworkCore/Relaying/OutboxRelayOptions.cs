namespace Webhooks.Sdk.EntityFrameworkCore.Relaying;

/// <summary>How committed rows are moved into the delivery store.</summary>
public sealed class OutboxRelayOptions
{
    /// <summary>Whether this process moves rows. False for one that only publishes, while another one relays. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Rows that are moved at once. Default 100.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>How often rows are looked for that no save of this process announced: those of a process that died, say. Default 1 second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    internal Func<double> Random { get; set; } = System.Random.Shared.NextDouble;
}

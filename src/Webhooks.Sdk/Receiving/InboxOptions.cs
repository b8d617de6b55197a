namespace Webhooks.Sdk.Receiving;

/// <summary>How received messages are remembered, and how those that were accepted first are handled.</summary>
public sealed class InboxOptions
{
    /// <summary>
    /// How long handled ids and given-up messages are remembered. Default 30 days: ten times the longest schedule of any profile, and as long as a
    /// sender that uses this library keeps events to send them again.
    /// </summary>
    public TimeSpan Age { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often older ones are looked for. Default 1 hour.</summary>
    public TimeSpan PurgeInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After so long a message in hand of a process that died is free again. Renewed while a handler runs. Default 1 minute.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Accepted messages that are handled at once. Default 16.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>How often the inbox is asked for what is due: retries, and what other processes accepted or died with. Default 1 second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The delays before the repetitions of an accepted message whose handler threw; after the last it is given up. Default (while it is empty): 5 seconds,
    /// 1 minute, 10 minutes, 1 hour, 6 hours, 24 hours.
    /// </summary>
    public IList<TimeSpan> RetryDelays { get; } = [];
}

namespace Webhooks.Sdk.Recovery;

/// <summary>How long events, attempts and failed deliveries are kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>What is older is purged; what is pending stays. Default 30 days.</summary>
    public TimeSpan Age { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often it is looked for. Default 1 hour.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);
}

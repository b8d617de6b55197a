namespace ConsoleHost.Signatures;

/// <summary>The receiver's clock, when the command line gives its time.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public static TimeProvider At(DateTimeOffset? now) => now is { } time ? new FixedTime(time) : System;

    public override DateTimeOffset GetUtcNow() => now;
}

namespace Webhooks.Sdk.Signing;

/// <summary>What a receiver verifies.</summary>
/// <param name="body">The raw body bytes, before any parsing.</param>
/// <param name="header">Looks up a request header; null when it is absent.</param>
/// <param name="now">The receiver's time.</param>
/// <param name="tolerance">How far a signed timestamp may be from <paramref name="now"/>, either way.</param>
public readonly ref struct ReceivedMessage(ReadOnlySpan<byte> body, Func<string, string?> header, DateTimeOffset now, TimeSpan tolerance)
{
    /// <summary>The raw body bytes, before any parsing.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>Looks up a request header; null when it is absent.</summary>
    public Func<string, string?> Header { get; } = header;

    /// <summary>The receiver's time.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>How far a signed timestamp may be from <see cref="Now"/>, either way.</summary>
    public TimeSpan Tolerance { get; } = tolerance;
}

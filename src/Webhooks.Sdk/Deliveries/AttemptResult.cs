namespace Webhooks.Sdk.Deliveries;

/// <summary>What became of one attempt. A failure is a value here, never an exception.</summary>
public sealed class AttemptResult
{
    /// <summary>When the attempt began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>From the beginning of the attempt to its end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The response status; 0 when there was no response.</summary>
    public int StatusCode { get; init; }

    /// <summary>Why there was no usable answer.</summary>
    public AttemptError Error { get; init; }

    /// <summary>Details of <see cref="Error"/> for people. Never holds a secret, a query string or user info.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The response headers, one <c>name: value</c> a line.</summary>
    public string? ResponseHeaders { get; init; }

    /// <summary>The beginning of the response body, at most <c>DispatchOptions.MaxResponseBytes</c>.</summary>
    public ReadOnlyMemory<byte> ResponseBody { get; init; }

    /// <summary>The raw <c>Retry-After</c> header, when there was one.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>A status from 200 to 299.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;
}

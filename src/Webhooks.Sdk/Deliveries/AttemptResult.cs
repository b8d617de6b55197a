namespace Webhooks.Sdk.Deliveries;

/// <summary>What became of one attempt. A failure is a value here, never an exception.</summary>
public sealed class AttemptResult
{
    // Each attempt makes one of these, and nearly all say a status and no more: whatever is rare stands apart.
    private readonly long _startedAt;
    private Rest? _rest;

    private sealed class Rest
    {
        public string? ErrorMessage;
        public ReadOnlyMemory<byte> ResponseBody;
        public string? RetryAfter;
    }

    /// <summary>When the attempt began, in UTC.</summary>
    public DateTimeOffset StartedAt
    {
        get => new(_startedAt, TimeSpan.Zero);
        init => _startedAt = value.UtcTicks;
    }

    /// <summary>From the beginning of the attempt to its end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The response status; 0 when there was no response.</summary>
    public int StatusCode { get; init; }

    /// <summary>Why there was no usable answer.</summary>
    public AttemptError Error { get; init; }

    /// <summary>Details of <see cref="Error"/> for people. Never holds a secret, a query string or user info.</summary>
    public string? ErrorMessage
    {
        get => _rest?.ErrorMessage;
        init
        {
            if (value is not null)
            {
                (_rest ??= new()).ErrorMessage = value;
            }
        }
    }

    /// <summary>The response headers, one <c>name: value</c> a line.</summary>
    public string? ResponseHeaders { get; init; }

    /// <summary>The beginning of the response body, at most <c>DispatchOptions.MaxResponseBytes</c>.</summary>
    public ReadOnlyMemory<byte> ResponseBody
    {
        get => _rest?.ResponseBody ?? default;
        init
        {
            if (!value.IsEmpty)
            {
                (_rest ??= new()).ResponseBody = value;
            }
        }
    }

    /// <summary>The raw <c>Retry-After</c> header, when there was one.</summary>
    public string? RetryAfter
    {
        get => _rest?.RetryAfter;
        init
        {
            if (value is not null)
            {
                (_rest ??= new()).RetryAfter = value;
            }
        }
    }

    /// <summary>A status from 200 to 299.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;
}

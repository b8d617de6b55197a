namespace Webhooks.Sdk.Dispatching;

/// <summary>One request, complete and signed. It is used again for later attempts: do not keep it after the dispatcher's task has completed.</summary>
public sealed class WebhookRequest
{
    /// <summary>Where it goes.</summary>
    public required Uri Url { get; set; }

    /// <summary>The content type, exactly as sent.</summary>
    public required string ContentType { get; set; }

    /// <summary>The body, exactly as signed.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The headers, content headers apart.</summary>
    public WebhookHeaders Headers { get; } = new();

    /// <summary>For DNS, connect, TLS, sending and the response headers together; the body is read in what is left.</summary>
    public TimeSpan Timeout { get; set; }
}

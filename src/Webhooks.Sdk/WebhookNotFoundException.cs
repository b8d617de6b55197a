namespace Webhooks.Sdk;

/// <summary>Nothing is stored under that id (or it belongs to another tenant, which must look the same).</summary>
public sealed class WebhookNotFoundException(string kind, string id) : WebhookException($"There is no {kind} '{id}'.")
{
    /// <summary><c>subscription</c>, <c>delivery</c> or <c>event</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The id that was asked for.</summary>
    public string Id { get; } = id;
}

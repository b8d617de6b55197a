namespace Webhooks.Sdk;

/// <summary>Input was refused before anything was stored or sent. <see cref="Errors"/> holds every broken rule, not only the first.</summary>
public sealed class WebhookValidationException : WebhookException
{
    /// <summary>Creates the exception from one or more broken rules.</summary>
    public WebhookValidationException(params IReadOnlyList<WebhookError> errors)
        : base(string.Join(" ", errors.Select(e => e.ToString())))
    {
        Errors = errors;
    }

    /// <summary>The broken rules, at least one.</summary>
    public IReadOnlyList<WebhookError> Errors { get; }
}

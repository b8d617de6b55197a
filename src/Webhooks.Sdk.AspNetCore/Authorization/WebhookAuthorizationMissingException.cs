namespace Webhooks.Sdk.AspNetCore.Authorization;

/// <summary>Endpoints were mapped and nothing says who may use them. The application does not start.</summary>
public sealed class WebhookAuthorizationMissingException : WebhookException
{
    internal WebhookAuthorizationMissingException(string call, string opens) : base(
        $"Nothing says who may use {call}, which {opens}. Say it: {call}.RequireAuthorization(\"policy\"), or, where something in front of this "
        + $"application already decides, {call}.AllowAnonymous(). A fallback policy does not count.")
    {
    }
}

using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.AspNetCore.Receiving;

/// <summary>What a host said about a receiver, and what is wrong with it: found when it is mapped, not when the first request comes.</summary>
internal sealed class ReceiverSettings
{
    public required string Name { get; set; }

    public WebhookProfile Profile { get; set; } = WebhookProfiles.Standard;

    public List<string> Secrets { get; } = [];

    public Func<HttpContext, ValueTask<WebhookSender?>>? Resolve { get; set; }

    public bool IsUnsignedAllowed { get; set; }

    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    public Func<ReceivedWebhook, string?>? Identify { get; set; }

    public bool IsBackground { get; set; }

    public bool AreOtherTypesRefused { get; set; }

    public bool IsSigned => Profile.Signer.SecretFormat.HasSecret;

    public void Check(HandlerTable handlers)
    {
        if (Identifiers.Check("name", Name) is { } error)
        {
            throw new WebhookValidationException(error);
        }

        if (handlers.IsEmpty)
        {
            throw Wrong("has no handler. Call receiver.On<T>(\"type\", (e, ct) => …) or OnOther(…).");
        }

        if (AreOtherTypesRefused && handlers.Other is not null)
        {
            throw Wrong("both handles and refuses other types. Remove OnOther(…) or RefuseOtherTypes().");
        }

        CheckSecrets();
    }

    private void CheckSecrets()
    {
        if (!IsSigned && !IsUnsignedAllowed)
        {
            throw Wrong($"takes the format '{Profile.Name}', which is not signed: whoever knows the URL may post anything. Call receiver.AllowUnsigned() if that is what you want.");
        }

        if (IsSigned && IsUnsignedAllowed)
        {
            throw Wrong($"takes the format '{Profile.Name}', which is signed. Remove AllowUnsigned() and give the secret.");
        }

        if (IsSigned && Secrets.Count == 0 && Resolve is null)
        {
            throw Wrong("has no secret. Call receiver.Secret(\"…\"), or Sender(…) where each request has its own.");
        }

        if (Secrets.Count > 0 && Resolve is not null)
        {
            throw Wrong("has both Secret(…) and Sender(…). Let Sender(…) give the secret.");
        }
    }

    private WebhookException Wrong(string what) => new($"The webhook receiver '{Name}' {what}");
}

using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Profiles;

/// <summary>DialogForm: unsigned, any http or https URL; retries and timeout are the standard ones.</summary>
internal static class DialogFormProfile
{
    public static WebhookProfile Create() => new()
    {
        Name = "dialogform",
        Description = "DialogForm: type and data, unsigned",
        Envelope = new TypeAndDataEnvelope(),
        Signer = new UnsignedSigner(),
        RetryPolicy = StandardProfile.RetryPolicy,
        UrlRule = EndpointUrlRule.HttpOrHttps,
        EventTypes = ["completed", "deleted", "feedbackUpdated"],
    };
}

using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Profiles;

/// <summary>CloudEvents 1.0 over HTTP, signed as Standard Webhooks.</summary>
internal static class CloudEventsProfile
{
    public const string DefaultSource = "/webhooks";

    public static WebhookProfile Create(string source) => new()
    {
        Name = "cloudevents",
        Description = "CloudEvents 1.0, structured mode",
        Envelope = new CloudEventsEnvelope(source),
        Signer = new StandardWebhooksSigner(),
        RetryPolicy = StandardProfile.RetryPolicy,
    };

    public static WebhookProfile CreateBinary(string source) => new()
    {
        Name = "cloudevents-binary",
        Description = "CloudEvents 1.0, binary mode",
        Envelope = new CloudEventsBinaryEnvelope(source),
        Signer = new StandardWebhooksSigner(),
        RetryPolicy = StandardProfile.RetryPolicy,
    };
}

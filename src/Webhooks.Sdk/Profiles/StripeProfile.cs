using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Profiles;

/// <summary>Stripe: timestamped signature in one header; the standard schedule.</summary>
internal static class StripeProfile
{
    public static WebhookProfile Create(string apiVersion) => new()
    {
        Name = "stripe",
        Description = "Stripe: event object, Stripe-Signature",
        Envelope = new ObjectEnvelope(apiVersion),
        Signer = new TimestampedHmacSigner("Stripe-Signature"),
        RetryPolicy = StandardProfile.RetryPolicy,
    };
}

using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Tests.Profiles;

public sealed class WebhookProfilesTests
{
    private static readonly DisableRule FiveDays = new DisableRule.AfterFailingFor(TimeSpan.FromDays(5), 10);

    public static TheoryData<WebhookProfile, int, DisableRule> Promises => new()
    {
        { WebhookProfiles.Standard, 15, FiveDays },
        { WebhookProfiles.ReviewSense, 10, new DisableRule.AfterExhausted(1) },
        { WebhookProfiles.Ratecard, 3, new DisableRule.Never() },
        { WebhookProfiles.DialogForm, 15, FiveDays },
        { WebhookProfiles.MoreGoodReviews, 15, new DisableRule.AfterExhausted(5) },
        { WebhookProfiles.GitHub, 10, new DisableRule.Never() },
        { WebhookProfiles.Stripe, 15, FiveDays },
        { WebhookProfiles.CloudEvents, 15, FiveDays },
        { WebhookProfiles.CloudEventsBinary, 15, FiveDays },
    };

    public static TheoryData<WebhookProfile, Type, Type, string> Formats => new()
    {
        { WebhookProfiles.Standard, typeof(StandardEnvelope), typeof(StandardWebhooksSigner), "webhook-id,webhook-timestamp,webhook-signature" },
        { WebhookProfiles.ReviewSense, typeof(VersionedEnvelope), typeof(HexHmacSigner), "X-ReviewSense-Signature" },
        { WebhookProfiles.Ratecard, typeof(AccountEnvelope), typeof(SecretHeaderSigner), "Ratecard-Webhook-Secret" },
        { WebhookProfiles.DialogForm, typeof(TypeAndDataEnvelope), typeof(UnsignedSigner), "" },
        { WebhookProfiles.MoreGoodReviews, typeof(StandardEnvelope), typeof(StandardWebhooksSigner), "webhook-id,webhook-timestamp,webhook-signature" },
        { WebhookProfiles.GitHub, typeof(DataEnvelope), typeof(HexHmacSigner), "X-Hub-Signature-256" },
        { WebhookProfiles.Stripe, typeof(ObjectEnvelope), typeof(TimestampedHmacSigner), "Stripe-Signature" },
        { WebhookProfiles.CloudEvents, typeof(CloudEventsEnvelope), typeof(StandardWebhooksSigner), "webhook-id,webhook-timestamp,webhook-signature" },
        { WebhookProfiles.CloudEventsBinary, typeof(CloudEventsBinaryEnvelope), typeof(StandardWebhooksSigner), "webhook-id,webhook-timestamp,webhook-signature" },
    };

    [Theory]
    [MemberData(nameof(Promises))]
    public void Each_preset_has_its_timeout_and_disable_rule(WebhookProfile profile, int seconds, DisableRule rule)
    {
        profile.Timeout.Should().Be(TimeSpan.FromSeconds(seconds));
        profile.DisableRule.Should().Be(rule);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Each_preset_has_its_body_and_signature(WebhookProfile profile, Type envelope, Type signer, string headers)
    {
        profile.Envelope.Should().BeOfType(envelope);
        profile.Signer.Should().BeOfType(signer);
        profile.Signer.HeaderNames.Should().Equal(headers.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Only_DialogForm_takes_plain_http() =>
        WebhookProfiles.All.Where(p => p.UrlRule == EndpointUrlRule.HttpOrHttps).Should().Equal(WebhookProfiles.DialogForm);

    [Fact]
    public void Only_ReviewSense_limits_subscriptions_and_wants_their_types_named()
    {
        WebhookProfiles.All.Where(p => p.RequiresEventTypes).Should().Equal(WebhookProfiles.ReviewSense);
        WebhookProfiles.All.Where(p => p.MaxSubscriptionsPerTenant is not null).Should().Equal(WebhookProfiles.ReviewSense);
        WebhookProfiles.ReviewSense.MaxSubscriptionsPerTenant.Should().Be(10);
    }

    [Fact]
    public void Only_Ratecard_keeps_its_secret_readable() =>
        WebhookProfiles.All.Where(p => p.IsSecretReadable).Should().Equal(WebhookProfiles.Ratecard);

    [Fact]
    public void Only_Ratecards_body_differs_by_subscription() =>
        WebhookProfiles.All.Where(p => p.Envelope.IsPerSubscription).Should().Equal(WebhookProfiles.Ratecard);

    [Fact]
    public void Presets_list_the_event_types_of_their_systems()
    {
        WebhookProfiles.ReviewSense.EventTypes.Should().BeEquivalentTo(
            "review.analysed", "review.flagged", "review.responded", "review.response_ready", "quota.warning", "quota.exceeded", "webhook.test");
        WebhookProfiles.Ratecard.EventTypes.Should().BeEquivalentTo(
            "messages.sent", "messages.opened", "messages.clicked", "feedback.created", "feedback.updated", "feedback.received", "feedback.closed",
            "feedback.reopened", "feedback.assigned", "feedback.replied", "feedback.noted", "feedback.archived");
        WebhookProfiles.DialogForm.EventTypes.Should().BeEquivalentTo("completed", "deleted", "feedbackUpdated");
        WebhookProfiles.MoreGoodReviews.EventTypes.Should().BeEquivalentTo(
            "review-created", "review-updated", "review-deleted", "message-created", "message-updated", "message-deleted");
        WebhookProfiles.Standard.EventTypes.Should().BeEmpty();
    }

    [Fact]
    public void Every_name_that_a_preset_brings_is_publishable() =>
        WebhookProfiles.All.SelectMany(p => p.EventTypes.Append(p.TestEventType)).Should().OnlyContain(type => EventTypeName.Check(type, "type") == null);

    [Fact]
    public void Test_events_have_a_type_of_their_own()
    {
        WebhookProfiles.ReviewSense.TestEventType.Should().Be("webhook.test");
        WebhookProfiles.GitHub.TestEventType.Should().Be("ping");
    }

    [Fact]
    public void Presets_have_names_of_their_own() =>
        WebhookProfiles.All.Select(p => p.Name).Should().Equal(
            "standard", "reviewsense", "ratecard", "dialogform", "moregoodreviews", "github", "stripe", "cloudevents", "cloudevents-binary");
}

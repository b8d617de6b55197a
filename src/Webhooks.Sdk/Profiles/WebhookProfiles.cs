namespace Webhooks.Sdk.Profiles;

/// <summary>The presets. Each is one small file beside this one.</summary>
public static class WebhookProfiles
{
    /// <summary>Standard Webhooks 1.0; the default.</summary>
    public static WebhookProfile Standard { get; } = StandardProfile.Create();

    /// <summary>What ReviewSense sends.</summary>
    public static WebhookProfile ReviewSense { get; } = ReviewSenseProfile.Create();

    /// <summary>What Ratecard sends.</summary>
    public static WebhookProfile Ratecard { get; } = RatecardProfile.Create();

    /// <summary>What DialogForm sends.</summary>
    public static WebhookProfile DialogForm { get; } = DialogFormProfile.Create();

    /// <summary>What MoreGoodReviews sends.</summary>
    public static WebhookProfile MoreGoodReviews { get; } = MoreGoodReviewsProfile.Create();

    /// <summary>What GitHub sends.</summary>
    public static WebhookProfile GitHub { get; } = GitHubProfile.Create();

    /// <summary>What Stripe sends. <c>api_version</c> is <c>2025-01-01</c>; see <see cref="StripeWith"/>.</summary>
    public static WebhookProfile Stripe { get; } = StripeProfile.Create("2025-01-01");

    /// <summary>CloudEvents 1.0 in structured mode. <c>source</c> is <c>/webhooks</c>; see <see cref="CloudEventsWith"/>.</summary>
    public static WebhookProfile CloudEvents { get; } = CloudEventsProfile.Create(CloudEventsProfile.DefaultSource);

    /// <summary>CloudEvents 1.0 in binary mode. <c>source</c> is <c>/webhooks</c>; see <see cref="CloudEventsBinaryWith"/>.</summary>
    public static WebhookProfile CloudEventsBinary { get; } = CloudEventsProfile.CreateBinary(CloudEventsProfile.DefaultSource);

    /// <summary>All presets.</summary>
    public static IReadOnlyList<WebhookProfile> All { get; } =
        [Standard, ReviewSense, Ratecard, DialogForm, MoreGoodReviews, GitHub, Stripe, CloudEvents, CloudEventsBinary];

    /// <summary>The Stripe format with this <c>api_version</c>.</summary>
    public static WebhookProfile StripeWith(string apiVersion) => StripeProfile.Create(apiVersion);

    /// <summary>CloudEvents in structured mode with this <c>source</c>, a URI reference that names the host.</summary>
    public static WebhookProfile CloudEventsWith(string source) => CloudEventsProfile.Create(source);

    /// <summary>CloudEvents in binary mode with this <c>source</c>, a URI reference that names the host.</summary>
    public static WebhookProfile CloudEventsBinaryWith(string source) => CloudEventsProfile.CreateBinary(source);
}

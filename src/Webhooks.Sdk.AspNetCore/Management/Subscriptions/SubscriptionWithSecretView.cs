using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

internal sealed record SubscriptionWithSecretView : SubscriptionView
{
    [SetsRequiredMembers]
    private SubscriptionWithSecretView(SubscriptionView subscription, string? secret)
        : base(subscription) => Secret = secret;

    [Description("In this answer only, unless the profile keeps it readable; null where the format is not signed.")]
    public required string? Secret { get; init; }

    public static SubscriptionWithSecretView Of(SubscriptionWithSecret created, DateTimeOffset now) => new(Of(created.Subscription, now), created.Secret);
}

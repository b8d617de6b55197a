using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.AspNetCore.Management.Problems;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

/// <summary>Nothing is sent again to a subscription that is off.</summary>
internal static class SubscriptionOff
{
    public static IResult Refuse(WebhookSubscription subscription) =>
        Problem.Conflict("subscription_off", $"The subscription is {(subscription.State == SubscriptionState.Suspended ? "suspended" : "disabled")}: enable it first.");
}

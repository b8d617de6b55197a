using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

internal static class Subscribing
{
    /// <summary>A subscription that is there before the relay begins, the same one on every host of a database.</summary>
    public static WebhooksBuilder Subscribe(this WebhooksBuilder webhooks, Receiver receiver, DeliveryOrdering ordering = DeliveryOrdering.Unordered) =>
        webhooks.AddSubscription(subscription =>
        {
            subscription.Id = "reviews";
            subscription.TenantId = "project-42";
            subscription.Url = receiver.Url;
            subscription.Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
            subscription.Ordering = ordering;
        });
}

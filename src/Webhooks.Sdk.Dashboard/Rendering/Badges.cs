using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>States as a sign, a word and a colour; never as a colour alone.</summary>
internal static class Badges
{
    public static Markup Of(SubscriptionState state) => state switch
    {
        SubscriptionState.Enabled => Badge("good", Icons.Check, "On"),
        SubscriptionState.Disabled => Badge("calm", Icons.Pause, "Off"),
        _ => Badge("bad", Icons.Warning, "Suspended"),
    };

    public static Markup Of(WebhookDelivery delivery) => delivery switch
    {
        { State: DeliveryState.Delivered } => Badge("good", Icons.Check, "Delivered"),
        { State: DeliveryState.Failed } => Badge("bad", Icons.Cross, "Failed"),
        { Attempts: > 0 } => Badge("wait", Icons.Again, "Retrying"),
        _ => Badge("wait", Icons.Clock, "Pending"),
    };

    public static Markup Of(DeliveryAttemptRecord attempt) =>
        attempt.Result.IsSuccess ? Badge("good", Icons.Check, "Succeeded") : Badge("bad", Icons.Cross, "Failed");

    public static Markup Test => Badge("calm", Icons.Send, "Test");

    private static Markup Badge(string tone, Markup icon, string text) => Html($"""<span class="badge {tone}">{icon}{text}</span>""");
}

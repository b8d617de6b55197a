using Webhooks.Sdk.Dashboard.Rendering;
using Webhooks.Sdk.Dashboard.Requests;
using Webhooks.Sdk.Deliveries;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Log;

/// <summary>One delivery as a line that opens. The script fetches what is inside when it is opened; without script it holds a link there.</summary>
internal static class DeliveryRow
{
    public static Markup Of(DashboardUrls urls, WebhookDelivery delivery, DeliveryAttemptRecord? last)
    {
        var url = urls.Delivery(delivery.SubscriptionId, delivery.Id);
        return Html($"""
            <li data-key="{delivery.Id}"><details data-src="{url}">
            <summary>{Badges.Of(delivery)}<span class="answer">{(last is null ? None : AttemptView.ShortAnswer(last.Result))}</span><span class="type">{delivery.EventType}</span><span class="attempts">{Attempts(delivery)}</span><span class="when">{Texts.Time(delivery.CreatedAt)}</span></summary>
            <div class="fold"><p><a href="{url}">Open this delivery</a></p></div>
            </details></li>
            """);
    }

    public static Markup Attempts(WebhookDelivery delivery) => delivery switch
    {
        { State: DeliveryState.Pending, DueAt: { } due, Attempts: > 0 } => Html($"{Texts.Plural(delivery.Attempts, "attempt")}, next {Texts.Time(due)}"),
        { State: DeliveryState.Pending, Attempts: 0 } => Html($"waiting"),
        { State: DeliveryState.Failed, FailureReason: { } reason, Attempts: 0 } => Html($"{Texts.Reason(reason)}"),
        _ => Html($"{Texts.Plural(delivery.Attempts, "attempt")}"),
    };
}

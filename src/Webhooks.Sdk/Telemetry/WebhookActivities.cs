using System.Diagnostics;

namespace Webhooks.Sdk.Telemetry;

/// <summary>
/// The activity source <c>Webhooks.Sdk</c>: a producer span for each publication, and for each attempt a client span of its own trace that
/// is linked to it. The context is never sent: a customer's endpoint is another party.
/// </summary>
internal static class WebhookActivities
{
    private static readonly ActivitySource Source = new(WebhookTelemetry.ActivitySourceName);

    public static Activity? StartPublish(string eventType) =>
        Source.HasListeners() ? Source.StartActivity($"publish {eventType}", ActivityKind.Producer) : null;

    public static Activity? StartAttempt(string eventType, string eventId, string subscriptionId, int number, string? traceParent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityLink[] links = ActivityContext.TryParse(traceParent, null, out var published) ? [new(published)] : [];
        var activity = Source.StartActivity(ActivityKind.Client, default, tags: null, links: links, name: $"deliver {eventType}");
        activity?.SetTag("webhooks.event.id", eventId).SetTag("webhooks.subscription.id", subscriptionId).SetTag("webhooks.attempt", number);
        return activity;
    }

    public static void End(Activity? activity, int statusCode, string? error)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("http.response.status_code", statusCode == 0 ? null : statusCode);
        if (error is not null)
        {
            activity.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
        }

        activity.Dispose();
    }
}

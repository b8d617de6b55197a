namespace Webhooks.Sdk.Telemetry;

/// <summary>The names to subscribe to, for OpenTelemetry or anything else that listens.</summary>
public static class WebhookTelemetry
{
    /// <summary>The activity source: <c>tracing.AddSource(WebhookTelemetry.ActivitySourceName)</c>.</summary>
    public const string ActivitySourceName = "Webhooks.Sdk";

    /// <summary>The meter: <c>metrics.AddMeter(WebhookTelemetry.MeterName)</c>.</summary>
    public const string MeterName = "Webhooks.Sdk";
}

using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

internal sealed class SendTestBody
{
    [JsonPropertyName("event_type")]
    [Description("One of the event types, to send its example; the profile's test event by default.")]
    public string? EventType { get; set; }
}

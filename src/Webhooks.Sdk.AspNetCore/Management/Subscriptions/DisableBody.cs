using System.ComponentModel;

namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

internal sealed class DisableBody
{
    [Description("Why, for people; at most 256 characters.")]
    public string? Reason { get; set; }
}

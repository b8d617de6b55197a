using System.ComponentModel;

namespace Webhooks.Sdk.AspNetCore.Management.Deliveries;

internal sealed class RecoverBody
{
    [Description("Events published at or after this time. Required.")]
    public DateTimeOffset? Since { get; set; }
}

using System.ComponentModel;

namespace Webhooks.Sdk.AspNetCore.Management.Deliveries;

internal sealed record RecoveredView
{
    [Description("How many deliveries are waiting now that were not before.")]
    public required int Enqueued { get; init; }
}

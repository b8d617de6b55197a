using System.ComponentModel;
using System.Text.Json.Serialization;
using Webhooks.Sdk.AspNetCore.Management.Json;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.AspNetCore.Management.Deliveries;

internal sealed record ResentView
{
    [JsonConverter(typeof(SnakeCaseEnum<ResendOutcome>))]
    [Description("resent: it is waiting again, with a fresh schedule. already_pending: it was waiting already.")]
    public required ResendOutcome Outcome { get; init; }
}

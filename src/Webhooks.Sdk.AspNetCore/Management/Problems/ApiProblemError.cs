using System.ComponentModel;

namespace Webhooks.Sdk.AspNetCore.Management.Problems;

internal sealed record ApiProblemError
{
    [Description("The member of the body, or the parameter: url, event_types, headers.X-Foo, cursor.")]
    public required string Field { get; init; }

    [Description("The broken rule, for programs: url.scheme, json.type. Does not change.")]
    public required string Code { get; init; }

    public required string Detail { get; init; }

    public static ApiProblemError Of(WebhookError error) => new() { Field = error.Member, Code = error.Rule, Detail = error.Message };
}

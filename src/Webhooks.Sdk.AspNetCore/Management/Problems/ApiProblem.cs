using System.ComponentModel;

namespace Webhooks.Sdk.AspNetCore.Management.Problems;

/// <summary>RFC 9457.</summary>
internal sealed record ApiProblem
{
    public const string ContentType = "application/problem+json";

    [Description("Names the kind of problem: urn:webhooks-sdk:problem: and the code.")]
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    [Description("What is wrong with this request, for people.")]
    public required string Detail { get; init; }

    [Description("The kind of problem, for programs. Does not change.")]
    public required string Code { get; init; }

    [Description("Every broken rule; empty where the problem is not about single fields.")]
    public required IReadOnlyList<ApiProblemError> Errors { get; init; }
}

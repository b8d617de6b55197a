using System.Text.Json.Nodes;

namespace Webhooks.Sdk.AspNetCore.Tests.Support;

internal sealed record Answer(int Status, string? ContentType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode? Json => ContentType is "application/json" or "application/problem+json" ? JsonNode.Parse(Text) : null;

    public JsonNode this[string member] => Json![member]!;

    public string? ETag => Headers.GetValueOrDefault("ETag");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(cancellationToken),
        response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>A problem document with this status and code.</summary>
    public void ShouldBeProblem(int status, string code)
    {
        Status.Should().Be(status, Text);
        ContentType.Should().Be("application/problem+json");
        this["code"].ToString().Should().Be(code);
        this["type"].ToString().Should().Be($"urn:webhooks-sdk:problem:{code}");
        ((int)this["status"]).Should().Be(status);
    }

    /// <summary>A problem document that names these fields and rules.</summary>
    public void ShouldRefuse(int status, params (string Field, string Code)[] errors)
    {
        Status.Should().Be(status, Text);
        this["errors"].AsArray().Select(e => (e!["field"]!.ToString(), e["code"]!.ToString())).Should().BeEquivalentTo(errors);
    }
}

using System.Text;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Conformance.Deliveries;

/// <summary>Events and results to test with. Times have whole milliseconds: every database keeps those.</summary>
public static class Sample
{
    public const string Tenant = "project-42";

    public static readonly DateTimeOffset Time = new(2026, 1, 1, 11, 59, 58, 123, TimeSpan.Zero);

    public static WebhookEvent Event(string? id = null, string type = "review.created", string tenant = Tenant, string? data = null, DateTimeOffset? createdAt = null) => new()
    {
        Id = id ?? $"evt_{Guid.NewGuid():N}",
        Type = type,
        TenantId = tenant,
        CreatedAt = createdAt ?? Time,
        Data = Encoding.UTF8.GetBytes(data ?? """{"rating":5}"""),
    };

    public static AttemptResult Ok(DateTimeOffset? at = null) => new()
    {
        StartedAt = at ?? Time,
        Duration = TimeSpan.FromMilliseconds(12),
        StatusCode = 204,
    };

    public static AttemptResult ServerError(DateTimeOffset? at = null) => new()
    {
        StartedAt = at ?? Time,
        Duration = TimeSpan.FromMilliseconds(345),
        StatusCode = 503,
        ResponseHeaders = "content-type: text/plain\nretry-after: 120",
        ResponseBody = Encoding.UTF8.GetBytes("come back later — später 😀"),
    };

    public static AttemptResult NoAnswer(DateTimeOffset? at = null) => new()
    {
        StartedAt = at ?? Time,
        Duration = TimeSpan.FromSeconds(15),
        Error = AttemptError.Timeout,
        ErrorMessage = "no response headers within 15 s",
    };
}

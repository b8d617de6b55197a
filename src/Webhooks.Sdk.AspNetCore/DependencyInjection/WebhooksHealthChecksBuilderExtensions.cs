using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Sdk.AspNetCore.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a health check of the webhooks.</summary>
public static class WebhooksHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks that the store answers and how long the oldest due delivery has waited. Data: <c>pending</c>, <c>leased</c>, <c>failed</c>,
    /// <c>oldest_due_age_seconds</c>, <c>suspended</c> (counted up to 200).
    /// </summary>
    /// <param name="checks">What <c>services.AddHealthChecks()</c> gives.</param>
    /// <param name="configure">Sets the limits.</param>
    /// <param name="name">The check's name. Default <c>webhooks</c>.</param>
    /// <param name="failureStatus">What a store that does not answer, or a backlog beyond the limit, is reported as. Default unhealthy.</param>
    /// <param name="tags">To choose checks by, as in <c>ready</c>.</param>
    public static IHealthChecksBuilder AddWebhooks(
        this IHealthChecksBuilder checks,
        Action<WebhooksHealthOptions>? configure = null,
        string name = "webhooks",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        checks.Services.AddOptions<WebhooksHealthOptions>(name).Configure(o => configure?.Invoke(o));
        return checks.Add(new HealthCheckRegistration(name, s => ActivatorUtilities.CreateInstance<WebhooksHealthCheck>(s), failureStatus, tags));
    }
}

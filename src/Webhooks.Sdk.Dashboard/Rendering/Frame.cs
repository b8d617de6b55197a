using Webhooks.Sdk.Dashboard.Requests;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>What every page of a request is made with.</summary>
/// <param name="Urls">Where the pages are.</param>
/// <param name="Token">Goes into every form.</param>
/// <param name="Options">What the host chose.</param>
/// <param name="BackUrl">Where the host's own pages are; null for nowhere.</param>
/// <param name="Now">The time at which the page is made.</param>
internal sealed record Frame(DashboardUrls Urls, FormToken Token, WebhooksDashboardOptions Options, string? BackUrl, DateTimeOffset Now);

namespace Webhooks.Sdk.Dashboard;

/// <summary>How a dashboard looks and what it offers.</summary>
public sealed class WebhooksDashboardOptions
{
    /// <summary>Its title. Default <c>Webhooks</c>; <c>Webhooks: operator</c> for the operator's view.</summary>
    public string Title { get; set; } = "Webhooks";

    /// <summary>
    /// Where a link at the top leads back to, within the host: <c>/settings</c>, or with parameters of the route, <c>/projects/{project}/settings</c>.
    /// The path base is added. Default none.
    /// </summary>
    public string? BackUrl { get; set; }

    /// <summary>The text of that link. Default <c>Settings</c>.</summary>
    public string BackText { get; set; } = "Settings";

    /// <summary>The names of the wire formats that a new webhook may choose from. Default none: it gets the host's default one, and is not asked.</summary>
    public IList<string> Profiles { get; } = [];

    /// <summary>How often an open page asks for news while somebody looks at it. Default 5 seconds.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The time that the charts show. Default 24 hours.</summary>
    public TimeSpan ChartPeriod { get; set; } = TimeSpan.FromHours(24);
}

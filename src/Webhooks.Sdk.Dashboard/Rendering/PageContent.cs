namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>One page, without the document around it.</summary>
internal sealed record PageContent(string Title, Markup Body)
{
    /// <summary>Which part of the navigation it belongs to.</summary>
    public string Section { get; init; } = "";

    public IReadOnlyList<NavigationLink> Navigation { get; init; } = [];

    /// <summary>What was just done, for the person who did it.</summary>
    public Notice Notice { get; init; } = Notice.None;

    /// <summary>It refreshes itself while somebody looks at it.</summary>
    public bool IsLive { get; init; }
}

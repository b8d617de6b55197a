namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>One entry of the navigation.</summary>
internal sealed record NavigationLink(string Section, string Text, string Url);

using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>Proves that a form came from one of our own pages.</summary>
internal sealed record FormToken(string Field, string Value)
{
    public Markup Input => Html($"""<input type="hidden" name="{Field}" value="{Value}">""");
}

using System.Text.Json;
using Microsoft.Playwright;

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>axe-core, run in the page. It is evaluated by the browser's tools, so the page's policy need not allow it.</summary>
internal static class Axe
{
    public static void Require()
    {
        if (!File.Exists(Repository.Axe))
        {
            const string Why = "axe-core is not installed: npm ci --prefix tests/browser";
            if (Chromium.IsContinuousIntegration)
            {
                Assert.Fail(Why);
            }

            Assert.Skip(Why);
        }
    }

    /// <summary>What is serious or critical.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Repository.Axe)).WithinAsync(Bounds.Step, $"The loading of axe into {page.Url}");
        var result = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations"
            + ".filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + (n.any[0]?.message ?? n.failureSummary)).join(' | '))")
            .WithinAsync(Bounds.Step, $"Axe on {page.Url}");
        return [.. result.EnumerateArray().Select(v => v.GetString()!)];
    }
}

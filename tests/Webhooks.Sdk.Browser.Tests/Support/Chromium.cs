using Microsoft.Playwright;

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>The installed Chromium, started once for all tests. Without it they are skipped and say so; in continuous integration they fail.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string? Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM") ?? Places.FirstOrDefault(File.Exists);

    public static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    public IBrowser Browser
    {
        get
        {
            if (_browser is null && IsContinuousIntegration)
            {
                Assert.Fail("Chromium is not installed.");
            }

            Assert.SkipWhen(_browser is null, "Chromium is not installed: apt-get install chromium, or set CHROMIUM to its path.");
            return _browser!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Path is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--no-first-run", "--font-render-hinting=none"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

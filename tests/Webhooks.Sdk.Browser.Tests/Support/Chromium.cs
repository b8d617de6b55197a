using Microsoft.Playwright;
using Webhooks.Sdk.Browser.Tests.Support;

[assembly: AssemblyFixture(typeof(Chromium))]

// All classes at once, on few cores too: each has platforms of its own and waits for them half of the time.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>The installed Chromium, started once for all tests. Without it they are skipped and say so; in continuous integration they fail.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // Besides what Playwright gives it anyway: no sandbox, no first run, no sync, no updates, no network in the background, no /dev/shm.
    private static readonly string[] Arguments = ["--disable-gpu", "--disable-quic", "--font-render-hinting=none"];

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

        _playwright = await Playwright.CreateAsync().WithinAsync(Bounds.Start, "The start of Playwright's driver");

        // The driver's own bound ends the browser and shows what it printed; the outer one is for a driver that does not answer.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Arguments, Timeout = Bounds.Start.InMilliseconds() })
            .WithinAsync(Bounds.Start + Bounds.Step, $"The start of {Path}");
        Assertions.SetDefaultExpectTimeout(Bounds.Step.InMilliseconds());
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_browser is not null)
            {
                await _browser.DisposeAsync().AsTask().WithinAsync(Bounds.Step, "The end of Chromium");
            }
        }
        finally
        {
            _playwright?.Dispose();
        }
    }
}

namespace Webhooks.Sdk.Browser.Tests.Support;

/// <summary>One page in a state that is worth looking at.</summary>
internal sealed record Picture(string Name, string Path, Func<Scene, Task>? Prepare = null)
{
    public int Width { get; init; } = 1120;

    public bool IsDark { get; init; }

    /// <summary>The whole page, not only what fits into the window.</summary>
    public bool IsWhole { get; init; } = true;

    public async Task ShowAsync(Scene scene)
    {
        await scene.Page.GotoAsync(Path);
        if (Prepare is not null)
        {
            await Prepare(scene);
        }
    }
}

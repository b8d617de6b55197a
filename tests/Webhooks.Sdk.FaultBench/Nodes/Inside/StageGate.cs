namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>Where the node stands still when its parent has asked for it, so that the kill comes at exactly that point.</summary>
internal sealed class StageGate(NodeReport report)
{
    private int _armed = (int)Stage.None;

    public void Arm(Stage stage) => Volatile.Write(ref _armed, (int)stage);

    /// <summary>True for the one caller that is the first at an armed stage.</summary>
    public bool Take(Stage stage) => Interlocked.CompareExchange(ref _armed, (int)Stage.None, (int)stage) == (int)stage;

    /// <summary>Goes through, or reports and never comes back.</summary>
    public async ValueTask PassAsync(Stage stage, string? eventId = null)
    {
        if (Take(stage))
        {
            await StandStillAsync(stage, eventId);
        }
    }

    public async Task StandStillAsync(Stage stage, string? eventId)
    {
        report.At(stage, eventId);
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }
}

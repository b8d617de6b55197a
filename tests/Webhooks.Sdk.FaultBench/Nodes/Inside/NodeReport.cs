namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>
/// What the node tells its parent: one line each on the standard output. A line is in the pipe when the call returns, and the pipe outlives
/// the process, so a kill loses nothing that was said.
/// </summary>
internal sealed class NodeReport
{
    private readonly Lock _gate = new();
    private readonly Stream _output = Console.OpenStandardOutput();

    public void Ready() => Say("ready");

    public void About(string tenant, string id) => Say($"about {tenant} {id}");

    public void Acknowledged(string id, int deliveries) => Say($"acknowledged {id} {deliveries}");

    public void Refused(string id, string why) => Say($"refused {id} {why.ReplaceLineEndings(" ")}");

    public void At(Stage stage, string? id = null) => Say($"at {stage} {id}");

    public void LostLeases(long count) => Say($"lost-leases {count}");

    public void State(string text) => Say($"state {text}");

    public void Quiet() => Say("quiet");

    private void Say(string line)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(line + "\n");
        lock (_gate)
        {
            _output.Write(bytes);
        }
    }
}

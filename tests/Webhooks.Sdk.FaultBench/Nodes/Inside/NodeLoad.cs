namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>Publishes at a steady rate, one event after the other, round the tenants, with ids that say who published it and as which.</summary>
internal sealed class NodeLoad(string name, NodePublisher publisher, NodeReport report) : IAsyncDisposable
{
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private int _next;

    public void Start(double perSecond, string[] tenants)
    {
        _stop = new CancellationTokenSource();
        _running = RunAsync(TimeSpan.FromSeconds(1 / perSecond), tenants, _stop.Token);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        report.Quiet();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(TimeSpan interval, string[] tenants, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var n = _next++;
                await publisher.PublishAsync(tenants[n % tenants.Length], $"{name}-{n}");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>A background service of the library, started so that its turns are counted.</summary>
internal sealed class CountedHostedService(IHostedService inner, EngineWatch watch, bool isWorkerEnabled) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        watch.IsStarted = isWorkerEnabled;
        return watch.Turns.Start(() => inner.StartAsync(cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        watch.IsStarted = false;
        return inner.StopAsync(cancellationToken);
    }
}

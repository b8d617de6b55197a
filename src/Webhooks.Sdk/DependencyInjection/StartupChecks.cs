using Microsoft.Extensions.Hosting;

namespace Webhooks.Sdk.DependencyInjection;

/// <summary>
/// Checks that are known only after the services are built, such as those of mapped endpoints; one that throws keeps the host from starting.
/// Run before any hosted service starts, and again when all have started: a web host that maps its endpoints while it starts adds them between.
/// </summary>
internal sealed class StartupChecks : IHostedLifecycleService
{
    private readonly List<Action<bool>> _checks = [];

    /// <summary>Adds a check. It is told whether everything has started by now.</summary>
    public void Add(Action<bool> check)
    {
        lock (_checks)
        {
            _checks.Add(check);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Run(started: false);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Run(started: true);

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task Run(bool started)
    {
        Action<bool>[] checks;
        lock (_checks)
        {
            checks = [.. _checks];
        }

        foreach (var check in checks)
        {
            check(started);
        }

        return Task.CompletedTask;
    }
}

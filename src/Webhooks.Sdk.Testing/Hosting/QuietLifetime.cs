using Microsoft.Extensions.Hosting;

namespace Webhooks.Sdk.Testing.Hosting;

/// <summary>A lifetime that listens to no signal: a test's process is ended by its runner.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

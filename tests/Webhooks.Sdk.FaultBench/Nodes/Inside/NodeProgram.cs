using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.FaultBench.Nodes.Inside;

/// <summary>
/// The node process: a host with webhooks that does what its parent says, one command a line on the standard input. It ends when the input
/// does, so no node outlives the bench.
/// </summary>
internal sealed class NodeProgram(NodeSettings settings)
{
    private readonly NodeReport _report = new();

    public async Task RunAsync()
    {
        var gate = new StageGate(_report);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddNode(settings, delivers: true);
        builder.Services.Decorate<IWebhookDeliveryStore>(inner => new StagedDeliveryStore(inner, gate, _report));
        using var lost = new LostLeases(_report);
        using var host = builder.Build();
        await host.StartAsync();

        var publisher = new NodePublisher(host.Services.GetRequiredService<IWebhookPublisher>(), settings.Store, gate, _report);
        await using var load = new NodeLoad(settings.Name, publisher, _report);
        _report.Ready();
        await ObeyAsync(gate, publisher, load);
        await host.StopAsync();
    }

    private async Task ObeyAsync(StageGate gate, NodePublisher publisher, NodeLoad load)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (await input.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["load", var rate, .. var tenants]:
                    load.Start(double.Parse(rate, CultureInfo.InvariantCulture), tenants);
                    break;
                case ["quiet"]:
                    _ = load.StopAsync(); // Not awaited either.
                    break;
                case ["arm", var stage]:
                    gate.Arm(Enum.Parse<Stage>(stage));
                    break;
                case ["state"]:
                    _report.State($"{publisher.State}; thread pool: {ThreadPool.ThreadCount} threads, {ThreadPool.PendingWorkItemCount} waiting");
                    break;
                case ["publish", var tenant, var id]:
                    // Not awaited: it may stand still at a stage, and the next command must be heard.
                    _ = publisher.PublishAsync(tenant, id);
                    break;
                default:
                    throw new InvalidOperationException($"Unknown command '{line}'.");
            }
        }
    }
}

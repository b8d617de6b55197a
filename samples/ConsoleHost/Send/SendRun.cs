using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace ConsoleHost.Send;

/// <summary>One run of <c>send</c>: a host as any application has it, with stores in memory, one subscription, and an observer that prints.</summary>
internal sealed class SendRun(SendRequest request)
{
    // What is in flight when Ctrl+C is pressed gets this long to end.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly SendProgress _progress = new(request.Count, request.Profile.RetryPolicy.Delays.Count + 1);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        request.Check();
        using var host = Build();
        await PublishAsync(host.Services, cancellationToken);

        // Everything was accepted; only now does the worker begin to send.
        await host.StartAsync(CancellationToken.None);
        var stopped = await StoppedAsync(cancellationToken);
        using var grace = new CancellationTokenSource(Grace);
        await host.StopAsync(grace.Token);
        _progress.End(stopped);
        return _progress.AllDelivered ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<bool> StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _progress.Completion.WaitAsync(cancellationToken);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task PublishAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var created = await services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(request.Subscription(), cancellationToken);
        var publisher = services.GetRequiredService<IWebhookPublisher>();
        foreach (var @event in request.Events())
        {
            await publisher.PublishAsync(@event, cancellationToken: cancellationToken);
        }

        if (request.Secret is null && created.Secret is { } secret)
        {
            Console.Error.WriteLine($"secret: {secret}");
        }
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IWebhookObserver>(_progress);
        builder.Services.AddWebhooks(webhooks =>
        {
            webhooks.UseProfile(request.Profile);
            webhooks.ConfigureDispatch(options =>
            {
                options.MaxConcurrency = request.Concurrency ?? options.MaxConcurrency;
                options.MaxConcurrencyPerEndpoint = request.Concurrency ?? options.MaxConcurrencyPerEndpoint;

                // Its pauses of 30 s are not part of the schedule that was to be compressed.
                options.CircuitBreaker.Enabled = !request.IsCompressed;
            });
            if (request.AllowPrivateNetworks)
            {
                webhooks.AllowPrivateNetworks();
            }
        });
        return builder.Build();
    }
}

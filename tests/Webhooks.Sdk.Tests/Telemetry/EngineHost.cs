using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.Telemetry;

/// <summary>The engine with a dispatcher that answers what the test says, and a signal for each record.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Recorder _recorder = new();

    private EngineHost(Func<WebhookRequest, AttemptResult> answer, Action<WebhooksBuilder>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);
        builder.Services.AddSingleton<IWebhookDispatcher>(new Answers(answer));
        builder.Services.AddSingleton<IWebhookObserver>(_recorder);
        builder.Services.AddWebhooks(configure);
        _host = builder.Build();
    }

    public LogLines Logs { get; } = new();

    public IWebhookPublisher Publisher => _host.Services.GetRequiredService<IWebhookPublisher>();

    public IWebhookSubscriptions Subscriptions => _host.Services.GetRequiredService<IWebhookSubscriptions>();

    public static async Task<EngineHost> StartAsync(Func<WebhookRequest, AttemptResult> answer, Action<WebhooksBuilder>? configure = null)
    {
        var host = new EngineHost(answer, configure);
        await host._host.StartAsync();
        return host;
    }

    public Task<DeliveryRecord> NextRecordAsync() => _recorder.Next.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private sealed class Answers(Func<WebhookRequest, AttemptResult> answer) : IWebhookDispatcher
    {
        public ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort) => new(answer(request));
    }

    private sealed class Recorder : IWebhookObserver
    {
        public readonly TaskCompletionSource<DeliveryRecord> Next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask OnRecordedAsync(DeliveryRecord record)
        {
            Next.TrySetResult(record);
            return ValueTask.CompletedTask;
        }
    }
}

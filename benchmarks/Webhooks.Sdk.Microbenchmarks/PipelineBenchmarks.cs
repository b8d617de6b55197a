using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Microbenchmarks;

/// <summary>A delivery from publication to its record without HTTP: what the engine itself costs.</summary>
public class PipelineBenchmarks
{
    private const int Batch = 1000;

    private readonly AnswerAtOnce _dispatcher = new();
    private IHost _host = null!;
    private IWebhookPublisher _publisher = null!;

    [GlobalSetup]
    public async Task StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IWebhookDispatcher>(_dispatcher);
        builder.Services.AddWebhooks(w => w.ConfigureDispatch(o => o.MaxConcurrency = o.MaxConcurrencyPerEndpoint = 64));
        _host = builder.Build();
        await _host.StartAsync();
        await _host.Services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(new NewSubscription { Url = "https://example.com/" });
        _publisher = _host.Services.GetRequiredService<IWebhookPublisher>();
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public async Task PublishAndDeliver()
    {
        var delivered = _dispatcher.Expect(Batch);
        var events = new NewWebhookEvent[Batch];
        for (var i = 0; i < Batch; i++)
        {
            events[i] = new() { Type = Samples.EventType, Data = EventData.From(Samples.Review, SampleJson.Default.Review) };
        }

        await _publisher.PublishManyAsync(events);
        await delivered;
    }

    private sealed class AnswerAtOnce : IWebhookDispatcher
    {
        private static readonly AttemptResult Ok = new() { StartedAt = Samples.Time, StatusCode = 204 };

        private TaskCompletionSource _done = new();
        private int _left;

        public Task Expect(int count)
        {
            _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _left, count);
            return _done.Task;
        }

        public ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort)
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _done.TrySetResult();
            }

            return new(Ok);
        }
    }
}

using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>What a process that dies can have sent without its store knowing is what it may have in flight, however slow the store is.</summary>
public sealed class InFlightTests
{
    private const int AtOnce = 4;

    // Requests, and twice as many results that wait to be stored.
    private const int Most = 3 * AtOnce;
    private const int Events = 40;

    [Fact]
    public async Task No_attempt_begins_while_as_many_results_as_may_be_in_flight_are_not_stored()
    {
        var cancel = TestContext.Current.CancellationToken;
        var counts = new Counts();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IWebhookDispatcher>(new InstantDispatcher(counts));
        builder.Services.AddWebhooks(w => w.AllowPrivateNetworks().ConfigureDispatch(o => o.MaxConcurrency = AtOnce));
        var inner = builder.Services.Last(s => s.ServiceType == typeof(IWebhookDeliveryStore));
        builder.Services.AddSingleton(s => SlowStore.Around((IWebhookDeliveryStore)ActivatorUtilities.CreateInstance(s, inner.ImplementationType!), counts));
        using var host = builder.Build();
        await host.StartAsync(cancel);
        await host.Services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(new NewSubscription { Url = "http://127.0.0.1:9/" }, cancel);

        for (var i = 0; i < Events; i++)
        {
            await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync("review-created", "{}", cancellationToken: cancel);
        }

        await counts.AllRecorded.Task.WaitAsync(TimeSpan.FromSeconds(30), cancel);
        counts.MostInFlight.Should().BeInRange(Most - 1, Most);
        await host.StopAsync(cancel);
    }

    /// <summary>Attempts that have begun, and results that are stored.</summary>
    private sealed class Counts
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _begun;
        private int _recorded;

        public int MostInFlight { get; private set; }

        public TaskCompletionSource AllRecorded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>As much has begun as may, or as there is. The runner that writes begins nothing meanwhile, so it is one less.</summary>
        public Task Full
        {
            get
            {
                lock (_gate)
                {
                    return IsFull ? Task.CompletedTask : _full.Task;
                }
            }
        }

        private bool IsFull => _begun - _recorded >= Most - 1 || _begun == Events;

        public void Begin()
        {
            lock (_gate)
            {
                _begun++;
                MostInFlight = Math.Max(MostInFlight, _begun - _recorded);
                if (IsFull)
                {
                    _full.TrySetResult();
                    _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }

        public void Record(int count)
        {
            lock (_gate)
            {
                _recorded += count;
                if (_recorded == Events)
                {
                    AllRecorded.TrySetResult();
                }
            }
        }
    }

    private sealed class InstantDispatcher(Counts counts) : IWebhookDispatcher
    {
        public ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort)
        {
            counts.Begin();
            return new(new AttemptResult { StartedAt = DateTimeOffset.UnixEpoch, StatusCode = 204 });
        }
    }

    /// <summary>Stores nothing before as much is in flight as may be: whoever does not wait for the store would begin one more.</summary>
    public class SlowStore : DispatchProxy
    {
        private IWebhookDeliveryStore? _inner;
        private Counts? _counts;
        private bool _wasFull;

        internal static IWebhookDeliveryStore Around(IWebhookDeliveryStore inner, object counts)
        {
            var proxy = Create<IWebhookDeliveryStore, SlowStore>();
            (((SlowStore)(object)proxy)._inner, ((SlowStore)(object)proxy)._counts) = (inner, (Counts)counts);
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IWebhookDeliveryStore.RecordAsync)
                ? new ValueTask<IReadOnlyList<ClaimedDelivery>>(RecordAsync((IReadOnlyList<DeliveryRecord>)args![0]!))
                : targetMethod.Invoke(_inner, args);

        private async Task<IReadOnlyList<ClaimedDelivery>> RecordAsync(IReadOnlyList<DeliveryRecord> batch)
        {
            if (!_wasFull)
            {
                await _counts!.Full;
                _wasFull = true;
            }

            _counts!.Record(batch.Count);
            return await _inner!.RecordAsync(batch, CancellationToken.None);
        }
    }
}

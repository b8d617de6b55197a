using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.Dispatching;

/// <summary>A claim takes a limited number of one subscription's deliveries. Nobody tells the worker of the rest: it was there all along.</summary>
public sealed class ClaimLimitsTests
{
    private const int PerEndpoint = 4;
    private const int Limit = PerEndpoint * 2;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_a_claim_left_behind_is_claimed_as_soon_as_there_is_room()
    {
        var dispatcher = new CountingDispatcher(expected: Limit * 4);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWebhooks(w => w.ConfigureDispatch(o =>
        {
            o.MaxConcurrency = o.MaxConcurrencyPerEndpoint = PerEndpoint;
            o.PollInterval = TimeSpan.FromHours(1);
        }));
        builder.Services.AddSingleton<IWebhookDispatcher>(dispatcher);
        var registered = builder.Services.Single(s => s.ServiceType == typeof(IWebhookDeliveryStore));
        builder.Services.AddSingleton(s =>
            SlowlyRead.Around((IWebhookDeliveryStore)ActivatorUtilities.CreateInstance(s, registered.ImplementationType!), dispatcher.Begun));
        using var host = builder.Build();
        var subscriptions = host.Services.GetRequiredService<IWebhookSubscriptions>();
        await subscriptions.CreateAsync(new NewSubscription { Url = "https://example.com/hooks" }, TestContext.Current.CancellationToken);
        var publisher = host.Services.GetRequiredService<IWebhookPublisher>();
        for (var i = 0; i < Limit * 4; i++)
        {
            await publisher.PublishAsync("review-created", "{}", cancellationToken: TestContext.Current.CancellationToken);
        }

        await host.StartAsync(TestContext.Current.CancellationToken);

        await dispatcher.All.WaitAsync(Soon, TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class CountingDispatcher(int expected) : IWebhookDispatcher
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        /// <summary>Set when the first request is on its way.</summary>
        public ManualResetEventSlim Begun { get; } = new();

        public Task All => _all.Task;

        public ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort)
        {
            Begun.Set();
            if (Interlocked.Increment(ref _count) == expected)
            {
                _all.TrySetResult();
            }

            return new(new AttemptResult { StartedAt = DateTimeOffset.UnixEpoch, StatusCode = 204 });
        }
    }

    /// <summary>The last delivery of a full claim is handed over only after the first one is on its way, so that the endpoint's lane is never full.</summary>
    [SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "DispatchProxy derives from it.")]
    private class SlowlyRead : DispatchProxy
    {
        private IWebhookDeliveryStore _store = null!;
        private ManualResetEventSlim _begun = null!;

        public static IWebhookDeliveryStore Around(IWebhookDeliveryStore store, ManualResetEventSlim begun)
        {
            var proxy = Create<IWebhookDeliveryStore, SlowlyRead>();
            ((SlowlyRead)(object)proxy)._store = store;
            ((SlowlyRead)(object)proxy)._begun = begun;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            return targetMethod!.Name == nameof(IWebhookDeliveryStore.ClaimAsync)
                ? new ValueTask<IReadOnlyList<ClaimedDelivery>>(ClaimAsync((ClaimRequest)args![0]!, (CancellationToken)args[1]!))
                : targetMethod.Invoke(_store, args);
        }

        private async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
            new Claimed(await _store.ClaimAsync(request, cancellationToken), _begun);

        private sealed class Claimed(IReadOnlyList<ClaimedDelivery> claimed, ManualResetEventSlim begun) : IReadOnlyList<ClaimedDelivery>
        {
            public int Count => claimed.Count;

            public ClaimedDelivery this[int index]
            {
                get
                {
                    if (index == Limit - 1)
                    {
                        begun.Wait(Soon);
                    }

                    return claimed[index];
                }
            }

            public IEnumerator<ClaimedDelivery> GetEnumerator() => claimed.GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }
}

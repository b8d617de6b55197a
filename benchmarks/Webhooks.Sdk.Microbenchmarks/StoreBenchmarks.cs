using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Deliveries.InMemory;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Microbenchmarks;

/// <summary>A delivery's way through the in-memory store, a batch at a time: enqueue, claim, record.</summary>
public class StoreBenchmarks : IDisposable
{
    private const int Batch = 100;

    private static readonly AttemptResult Ok = new() { StartedAt = Samples.Time, StatusCode = 204 };
    private static readonly DeliveryTarget[] Targets = [new("subscription-1")];

    private readonly InMemoryDeliveryStore _store =
        new(Options.Create(new InMemoryStoreOptions()), TimeProvider.System, NullLogger<InMemoryDeliveryStore>.Instance);
    private readonly ClaimRequest _request = new() { MaxCount = Batch, MaxPerSubscription = Batch, Lease = TimeSpan.FromMinutes(1) };
    private readonly byte[] _json = Samples.Json;

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Batch)]
    public async Task<int> EnqueueClaimRecord()
    {
        var events = new EventTargets[Batch];
        for (var i = 0; i < Batch; i++)
        {
            events[i] = new(new WebhookEvent { Id = EventId.New(Samples.Time), Type = Samples.EventType, TenantId = "default", CreatedAt = Samples.Time, Data = _json }, Targets);
        }

        await _store.EnqueueAsync(events, null, default);
        var claimed = await _store.ClaimAsync(_request, default);
        var records = new DeliveryRecord[claimed.Count];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = new(claimed[i], Ok, DeliveryTransition.Delivered.Instance);
        }

        await _store.RecordAsync(records, default);
        return records.Length == Batch ? Batch : throw new InvalidOperationException($"{records.Length} of {Batch} deliveries were claimed.");
    }
}

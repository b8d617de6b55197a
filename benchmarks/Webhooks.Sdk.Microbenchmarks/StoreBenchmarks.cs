using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.ThrowAwayPostgres;

namespace Webhooks.Sdk.Microbenchmarks;

/// <summary>A delivery's way through each store without a worker, a hundred at a time: enqueue, claim, record.</summary>
public class StoreBenchmarks
{
    private const int Batch = 100;

    private static readonly AttemptResult Ok = new() { StartedAt = Samples.Time, StatusCode = 204 };
    private static readonly DeliveryTarget[] Targets = [new("subscription-1")];

    private readonly ClaimRequest _request = new() { MaxCount = Batch, MaxPerSubscription = Batch, Lease = TimeSpan.FromMinutes(1) };
    private readonly byte[] _json = Samples.Json;
    private DirectoryInfo _directory = null!;
    private PostgresCluster? _cluster;
    private IHost _host = null!;
    private IWebhookDeliveryStore _store = null!;

    /// <summary>PostgreSQL is there when its programs are.</summary>
    public static IEnumerable<string> Stores => PostgresCluster.WhyNot is null ? ["memory", "sqlite", "postgres"] : ["memory", "sqlite"];

    [ParamsSource(nameof(Stores))]
    public string Store { get; set; } = "";

    // Not a task: in this process BenchmarkDotNet begins without waiting for it.
    [GlobalSetup]
    public void Start() => StartAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Stop() => StopAsync().GetAwaiter().GetResult();

    private async Task StartAsync()
    {
        _directory = Directory.CreateTempSubdirectory("webhooks-bench-");
        _cluster = Store == "postgres" ? await PostgresCluster.StartAsync() : null;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddWebhooks(webhooks =>
        {
            webhooks.ConfigureDispatch(o => o.Enabled = false);
            if (_cluster is not null)
            {
                webhooks.UsePostgreSql(_cluster.ConnectionString);
            }
            else if (Store == "sqlite")
            {
                webhooks.UseSqlite($"Data Source={Path.Combine(_directory.FullName, "webhooks.db")}");
            }
        });
        _host = builder.Build();
        await _host.StartAsync();
        _store = _host.Services.GetRequiredService<IWebhookDeliveryStore>();
    }

    private async Task StopAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
        _directory.Delete(recursive: true);
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

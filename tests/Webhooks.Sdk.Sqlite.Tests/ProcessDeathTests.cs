using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Sqlite.Tests;

/// <summary>A real process, killed in the middle of publishing and delivering, again and again.</summary>
public sealed class ProcessDeathTests : IAsyncLifetime
{
    private const int Kills = 4;
    private const int InFlight = 2 * 128;

    private static readonly string[] Subscriptions = ["one", "two"];

    private readonly string _directory = Directory.CreateTempSubdirectory("webhooks-").FullName;
    private readonly ConcurrentDictionary<(string Subscription, string Id), int> _received = new();
    private WebApplication _receiver = null!;
    private TaskCompletionSource? _allReceived;
    private HashSet<(string, string)> _expected = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_directory, "webhooks.db");

    private string Url => _receiver.Urls.First();

    [Fact]
    public async Task A_killed_host_loses_nothing_and_the_next_one_goes_on_at_once()
    {
        var acknowledged = new List<string>();
        for (var run = 0; run < Kills; run++)
        {
            using var host = new KilledHost(File, Url, $"run{run}", publishers: 3);
            acknowledged.AddRange(await host.ReadAsync(60, Cancel));
            acknowledged.AddRange(await host.KillAsync(Cancel));
        }

        using var last = new KilledHost(File, Url, "last", publishers: 0);
        await ReceivedAsync(acknowledged);

        // A lease lasts a minute. What the dead hosts had in hand was not waited for that long: all came within this time limit.
        _received.Keys.Should().OnlyContain(d => d.Id.StartsWith("evt_run", StringComparison.Ordinal), "nothing is delivered that nobody published");
        _received.Values.Sum(times => times - 1).Should().BeLessThanOrEqualTo(Kills * InFlight, "what was in flight at a kill is sent again, and nothing else");
        await last.KillAsync(Cancel);
        await CheckFileAsync(acknowledged);
    }

    [Fact]
    public async Task Two_hosts_on_one_file_leave_each_other_what_is_in_hand_and_one_takes_over_from_the_other()
    {
        using var first = new KilledHost(File, Url, "run0", publishers: 2);
        var acknowledged = await first.ReadAsync(20, Cancel);
        using var second = new KilledHost(File, Url, "run1", publishers: 2);
        acknowledged.AddRange(await second.ReadAsync(20, Cancel));
        acknowledged.AddRange(await first.KillAsync(Cancel));
        acknowledged.AddRange(await second.ReadAsync(20, Cancel));
        acknowledged.AddRange(await second.KillAsync(Cancel));

        using var last = new KilledHost(File, Url, "last", publishers: 0);
        await ReceivedAsync(acknowledged);

        _received.Values.Sum(times => times - 1).Should().BeLessThanOrEqualTo(2 * InFlight);
    }

    public async ValueTask InitializeAsync()
    {
        SQLitePCL.Batteries_V2.Init();
        var web = WebApplication.CreateSlimBuilder();
        web.Logging.ClearProviders();
        web.WebHost.UseUrls("http://127.0.0.1:0");
        _receiver = web.Build();
        _receiver.MapPost("/{subscription}", Receive);
        await _receiver.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private IResult Receive(string subscription, HttpRequest request)
    {
        _received.AddOrUpdate((subscription, request.Headers["webhook-id"].ToString()), 1, static (_, times) => times + 1);
        lock (_expected)
        {
            _expected.Remove((subscription, request.Headers["webhook-id"].ToString()));
            if (_expected.Count == 0)
            {
                _allReceived?.TrySetResult();
            }
        }

        return Results.NoContent();
    }

    private async Task ReceivedAsync(IEnumerable<string> ids)
    {
        lock (_expected)
        {
            _expected.UnionWith(ids.SelectMany(id => Subscriptions.Select(s => (s, id))).Where(d => !_received.ContainsKey(d)));
            _allReceived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_expected.Count == 0)
            {
                _allReceived.SetResult();
            }
        }

        // Shorter than the lease.
        await _allReceived.Task.WaitAsync(TimeSpan.FromSeconds(50), Cancel);
    }

    private async Task CheckFileAsync(List<string> acknowledged)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        (await command.ExecuteScalarAsync(Cancel)).Should().Be("ok");

        command.CommandText = "SELECT count(*) FROM webhook_events";
        (await command.ExecuteScalarAsync(Cancel)).Should().BeOfType<long>().Which.Should().BeGreaterThanOrEqualTo(acknowledged.Count);

        // The host's own row and the event beside it: both or neither.
        command.CommandText = "SELECT count(*) FROM own WHERE id NOT IN (SELECT id FROM webhook_events)";
        (await command.ExecuteScalarAsync(Cancel)).Should().Be(0L);
    }
}

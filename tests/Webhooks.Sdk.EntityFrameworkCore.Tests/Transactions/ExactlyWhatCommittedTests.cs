using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Transactions;

/// <summary>
/// 1,000 transactions, half of which commit and half of which come to nothing in every way there is, in an application that also delivers and is
/// killed again and again: what arrives is what is in the database.
/// </summary>
public sealed class ExactlyWhatCommittedTests(PostgresServer postgres)
{
    private const int Transactions = 1_000;

    // What one process may have in flight, and so send once more than it knows: as the application sets it.
    private const int MaxConcurrency = 32;

    // Transactions that end in one life before it is killed; the rest of them end in the last, which is left alone.
    private static readonly int[] Lives = [120, 180, 220, 160];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Through_Entity_Framework_on_PostgreSql()
    {
        var database = await postgres.NewDatabaseAsync();
        await RunAsync("ef", database, new NpgsqlConnection(database), "SELECT \"Id\" FROM reviews");
    }

    [Fact]
    public async Task Through_Dapper_on_PostgreSql()
    {
        var database = await postgres.NewDatabaseAsync();
        await RunAsync("npgsql", database, new NpgsqlConnection(database), "SELECT id FROM reviews");
    }

    [Fact]
    public async Task Through_Dapper_on_Sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("webhooks-killed-");
        var database = $"Data Source={Path.Combine(folder.FullName, "reviews.db")};Pooling=False";
        await RunAsync("sqlite", database, new SqliteConnection(database), "SELECT id FROM reviews");
        folder.Delete(recursive: true);
    }

    private static async Task RunAsync(string way, string database, DbConnection reader, string readCommitted)
    {
        await using var receiver = await Receiver.StartAsync();
        var ended = new HashSet<int>();
        foreach (var life in Lives)
        {
            await using var host = new KilledHost(way, database, receiver.Url, FirstOpen(ended), Transactions);
            await host.ReadAsync(life, ended, Cancel);
            await host.KillAsync(ended, Cancel);
        }

        ended.Count.Should().BeLessThan(Transactions, "the kills are to come in between");
        await using var last = new KilledHost(way, database, receiver.Url, FirstOpen(ended), Transactions);
        await last.ReadAsync(Transactions - FirstOpen(ended), ended, Cancel);

        await using var connection = reader;
        var committed = (await connection.QueryAsync<long>(readCommitted)).Select(id => (int)id).ToHashSet();
        committed.Should().BeEquivalentTo(Enumerable.Range(0, Transactions).Where(id => id % 2 == 0));
        var all = await receiver.UntilAsync(received => received.Select(ReviewOf).Distinct().Count() >= committed.Count);

        all.Select(ReviewOf).Distinct().Should().BeEquivalentTo(committed);
        all.Select(r => (ReviewOf(r), r.Id)).Distinct().Should().HaveCount(committed.Count, "each is one event, under one id");
        (all.Count - committed.Count).Should().BeLessThanOrEqualTo(Lives.Length * MaxConcurrency, "a kill repeats what was in flight, and no more");
    }

    private static int FirstOpen(HashSet<int> ended) => Enumerable.Range(0, Transactions + 1).First(id => !ended.Contains(id));

    private static int ReviewOf(Received received) => JsonSerializer.Deserialize<ReviewCreated>(received.Data, JsonSerializerOptions.Web)!.Id;
}

using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Summaries;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

public sealed class RollUpTests : DeliveryConformance<PostgreSqlFixture>
{
    // Filling a queue with a million rows is one transaction.
    private static readonly TimeSpan TransactionsOfOthers = TimeSpan.FromMinutes(3);

    private static readonly AttemptSummaryQuery All = new() { Since = Sample.Time };

    [Fact]
    public async Task What_is_counted_reads_the_same_as_what_is_not()
    {
        await DeliverOneAsync("s1");
        await FailOneAsync("s2");
        var before = await Deliveries.SummariseAsync(All, Cancel);
        (await CountedAsync()).Should().Be(0);

        await StepUntilAsync("counted_to", 2);

        (await CountedAsync()).Should().Be(2);
        (await Deliveries.SummariseAsync(All, Cancel)).Should().BeEquivalentTo(before).And.HaveCount(2);
        await DeliverOneAsync("s1");
        (await Deliveries.SummariseAsync(All, Cancel)).Sum(s => s.Attempts).Should().Be(3, "what is not counted yet is read too");
        await StepUntilAsync("counted_to", 3);
        (await Deliveries.SummariseAsync(All, Cancel)).Sum(s => s.Attempts).Should().Be(3);
    }

    [Fact]
    public async Task An_attempt_that_was_numbered_but_not_committed_is_waited_for()
    {
        await DeliverOneAsync("s1");
        await StepUntilAsync("counting_to", 1); // what is promised later waits for the transaction that is opened now
        await using (var open = await Fixture.BeginTransactionAsync())
        {
            await using var command = open.Connection!.CreateCommand();
            command.Transaction = open;
            command.CommandText = $"SELECT nextval('{Fixture.Schema}.attempt_sequence'), pg_current_xact_id()";
            await command.ExecuteNonQueryAsync(Cancel);

            await StepUntilAsync("counted_to", 1);
            await StepAsync();
            await StepAsync();
            (await StateAsync("counted_to")).Should().Be(1, "the open transaction may still write the second one");
        }

        await StepUntilAsync("counted_to", 2);
    }

    // The database is shared with tests that run at the same time: a step waits for their transactions too, and they are short.
    private async Task StepUntilAsync(string column, long attempt)
    {
        var started = Stopwatch.GetTimestamp();
        while (await StateAsync(column) < attempt)
        {
            if (Stopwatch.GetElapsedTime(started) > TransactionsOfOthers)
            {
                Assert.Fail($"{column} did not reach {attempt}. The oldest transaction: {await OldestTransactionAsync()}");
            }

            await StepAsync();
        }
    }

    private async Task StepAsync()
    {
        await Fixture.ExecuteAsync($"UPDATE {Fixture.Schema}.attempt_summary_state SET since = clock_timestamp() - interval '2 seconds'");
        var sql = new PostgreSqlAttemptSummarySql(Fixture.First.Database.Schema, Fixture.First.Database.Options.Clock);
        await new PostgreSqlAttemptSummaries(Fixture.First.Database, sql, NullLogger.Instance).RollUpAsync();
    }

    private ValueTask<string> OldestTransactionAsync() => Fixture.ReadAsync<string>("""
        SELECT coalesce((SELECT format('%s, %s since %s: %s', application_name, state, xact_start, query)
            FROM pg_stat_activity WHERE backend_xid IS NOT NULL ORDER BY xact_start LIMIT 1), 'there is none')
        """);

    private ValueTask<long> CountedAsync() => Fixture.ReadAsync<long>($"SELECT coalesce(sum(delivered + failed), 0)::bigint FROM {Fixture.Schema}.attempt_summaries");

    private ValueTask<long> StateAsync(string column) => Fixture.ReadAsync<long>($"SELECT {column} FROM {Fixture.Schema}.attempt_summary_state");
}

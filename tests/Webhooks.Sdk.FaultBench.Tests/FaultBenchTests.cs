using Webhooks.Sdk.ThrowAwayPostgres;

namespace Webhooks.Sdk.FaultBench.Tests;

/// <summary>The short form of the fault bench. docs/faults.md says how to run the long one.</summary>
public sealed class FaultBenchTests
{
    private const string Kills = "kills --kills 10 --nodes 2 --fan-out 500";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Kills)]
    [InlineData("stopped-node")]
    public async Task Every_promise_holds_on_a_shared_sqlite_file(string scenario) => await HoldsAsync($"run {scenario} --store sqlite");

    [Theory]
    [InlineData(Kills)]
    [InlineData("stopped-node")]
    [InlineData("wrong-clock")]
    public async Task Every_promise_holds_on_a_shared_postgresql_database(string scenario)
    {
        Assert.SkipWhen(PostgresCluster.WhyNot is not null, $"skipped: {PostgresCluster.WhyNot}");

        await HoldsAsync($"run {scenario} --store postgres");
    }

    [Fact]
    public async Task The_bench_notices_what_a_store_loses_that_does_not_outlive_its_process()
    {
        var (exitCode, output) = await BenchProcess.RunAsync("run kills --kills 2 --nodes 1 --stages after-claim --store memory", Cancel);

        exitCode.Should().Be(1, output);
        output.Should().MatchRegex("total .* lost [1-9]").And.Contain("BROKEN");
    }

    private static async Task HoldsAsync(string arguments)
    {
        var (exitCode, output) = await BenchProcess.RunAsync(arguments, Cancel);

        TestContext.Current.TestOutputHelper?.WriteLine(output);
        exitCode.Should().Be(0, output);
        output.Should().MatchRegex("total .* lost 0 unpublished 0 ").And.Contain("held");
    }
}

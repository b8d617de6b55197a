namespace Webhooks.Sdk.ConsoleHost.Tests;

public sealed class TourTests
{
    [Fact]
    public async Task Without_arguments_everything_is_shown_and_holds()
    {
        var tour = await RunningProgram.RunAsync();

        tour.ExitCode.Should().Be(0, tour.Output);
        tour.Error.Should().BeEmpty();
        var rows = tour.Output.Split('\n').SkipWhile(l => !l.StartsWith("----", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.Length > 0).ToList();
        rows.Should().HaveCountGreaterThan(30).And.OnlyContain(r => r.EndsWith("  yes", StringComparison.Ordinal));
        tour.Output.TrimEnd().Split('\n')[^1].Should().StartWith($"{rows.Count} of {rows.Count} hold, in ");
        foreach (var what in new[]
        {
            "standard: ", "reviewsense: ", "ratecard: ", "dialogform: ", "moregoodreviews: ", "refused: http://169.254.169.254/", "refused: https://10.0.0.1/",
            "retry: statuses in the delivery log", "restart: requests, message ids, verified", "forged: one byte of the body changed", "failing endpoint: state", "after repair: deliveries",
        })
        {
            rows.Should().Contain(r => r.StartsWith(what, StringComparison.Ordinal));
        }
    }
}

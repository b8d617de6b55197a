using System.Globalization;
using Webhooks.Sdk.Retries;

namespace Webhooks.Sdk.Tests.Retries;

public sealed class DisableRuleTests
{
    [Fact]
    public void Never_is_never() => new DisableRule.Never().IsMetBy(new(TimeSpan.MaxValue, int.MaxValue, int.MaxValue)).Should().BeFalse();

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(1, 1, true)]
    [InlineData(5, 4, false)]
    [InlineData(5, 5, true)]
    [InlineData(5, 6, true)]
    public void Exhausted_deliveries_are_counted(int limit, int exhausted, bool met) =>
        new DisableRule.AfterExhausted(limit).IsMetBy(new(TimeSpan.FromDays(100), 100, exhausted)).Should().Be(met);

    [Theory]
    [InlineData("5.00:00:00", 10, true)]
    [InlineData("5.00:00:00", 9, false)]
    [InlineData("4.23:59:59", 10, false)]
    [InlineData("4.23:59:59", 1000, false)]
    [InlineData("30.00:00:00", 9, false)]
    [InlineData("30.00:00:00", 11, true)]
    public void Time_and_failed_attempts_must_both_be_reached(string failingFor, int failed, bool met) =>
        new DisableRule.AfterFailingFor(TimeSpan.FromDays(5), 10).IsMetBy(new(TimeSpan.Parse(failingFor, CultureInfo.InvariantCulture), failed, 100)).Should().Be(met);

    [Fact]
    public void A_healthy_endpoint_meets_no_rule()
    {
        DisableRule[] rules = [new DisableRule.Never(), new DisableRule.AfterExhausted(1), new DisableRule.AfterFailingFor(TimeSpan.FromDays(5), 10)];
        rules.Should().OnlyContain(rule => !rule.IsMetBy(default));
    }

    [Fact]
    public void Rules_read_as_sentences()
    {
        new DisableRule.Never().ToString().Should().Be("never");
        new DisableRule.AfterExhausted(1).ToString().Should().Be("after 1 exhausted delivery");
        new DisableRule.AfterExhausted(5).ToString().Should().Be("after 5 exhausted deliveries in a row");
        new DisableRule.AfterFailingFor(TimeSpan.FromDays(5), 10).ToString().Should().Be("after 5 days of failure and 10 failed attempts");
    }
}

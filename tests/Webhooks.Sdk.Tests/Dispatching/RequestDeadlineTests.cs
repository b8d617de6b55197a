using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Testing.Clocks;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class RequestDeadlineTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly ManualTimeProvider _time = new();
    private readonly RequestDeadline _deadline = new();
    private readonly CancellationTokenSource _abort = new();

    public void Dispose()
    {
        _deadline.Dispose();
        _abort.Dispose();
    }

    [Fact]
    public void Ends_the_request_at_its_time_and_not_before()
    {
        Start();
        _time.Advance(Timeout - TimeSpan.FromTicks(1));
        _deadline.HasEnded.Should().BeFalse();

        _time.Advance(TimeSpan.FromTicks(1));

        _deadline.HasEnded.Should().BeTrue();
    }

    [Fact]
    public void A_request_that_has_ended_leaves_its_time_to_the_next()
    {
        Start();
        _time.Advance(Timeout - TimeSpan.FromSeconds(1));
        _deadline.Stop();
        Start();

        _time.Advance(Timeout - TimeSpan.FromSeconds(1));

        _deadline.HasEnded.Should().BeFalse();
    }

    [Fact]
    public void One_that_has_fired_is_replaced()
    {
        Start();
        _time.Advance(Timeout);
        _deadline.Stop();

        Start();

        _deadline.HasEnded.Should().BeFalse();
    }

    [Fact]
    public void The_caller_aborts_the_second_request_with_the_token_of_the_first()
    {
        Start();
        _deadline.Stop();
        Start();

        _abort.Cancel();

        _deadline.HasEnded.Should().BeTrue();
    }

    [Fact]
    public void A_token_that_was_cancelled_between_two_requests_ends_the_next_one_at_once()
    {
        Start();
        _deadline.Stop();
        _abort.Cancel();

        Start();

        _deadline.HasEnded.Should().BeTrue();
    }

    [Fact]
    public void The_token_of_an_earlier_request_does_not_end_one_of_another_caller()
    {
        Start();
        _deadline.Stop();
        _deadline.Start(Timeout, _time, CancellationToken.None);

        _abort.Cancel();

        _deadline.HasEnded.Should().BeFalse();
    }

    [Fact]
    public void An_earlier_caller_that_aborts_between_two_requests_does_not_end_the_next_callers()
    {
        Start();
        _deadline.Stop();
        _abort.Cancel();

        _deadline.Start(Timeout, _time, CancellationToken.None);

        _deadline.HasEnded.Should().BeFalse();
    }

    [Fact]
    public void Whoever_aborts_after_a_request_timed_out_meets_nothing_disposed()
    {
        Start();
        _time.Advance(Timeout);
        _deadline.Stop();

        _abort.Invoking(a => a.Cancel()).Should().NotThrow();
    }

    private void Start() => _deadline.Start(Timeout, _time, _abort.Token);
}

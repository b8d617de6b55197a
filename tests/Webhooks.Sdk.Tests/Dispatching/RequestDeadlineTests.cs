using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Testing.Clocks;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class RequestDeadlineTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly ManualTimeProvider _time = new();
    private readonly RequestDeadline _deadline;
    private readonly CancellationTokenSource _abort = new();

    public RequestDeadlineTests() => _deadline = new(_time);

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
        _time.Advance(TimeSpan.FromSeconds(1));
        _deadline.HasEnded.Should().BeTrue();
    }

    [Fact]
    public void A_shorter_request_after_a_longer_one_ends_at_its_own_time()
    {
        Start();
        _deadline.Stop();
        _deadline.Start(_time.GetTimestamp(), TimeSpan.FromSeconds(1), _abort.Token);

        _time.Advance(TimeSpan.FromSeconds(1));

        _deadline.HasEnded.Should().BeTrue();
    }

    [Fact]
    public void Without_a_request_no_timer_goes_on()
    {
        Start();
        _deadline.Stop();

        _time.Advance(Timeout);

        _time.NextTimerDue.Should().BeNull();
    }

    [Fact]
    public void A_request_may_have_no_end()
    {
        _deadline.Start(_time.GetTimestamp(), System.Threading.Timeout.InfiniteTimeSpan, _abort.Token);

        _time.Advance(TimeSpan.FromDays(100));

        _deadline.HasEnded.Should().BeFalse();
    }

    [Fact]
    public async Task On_the_system_clock_it_ends_no_earlier_than_its_time()
    {
        using var deadline = new RequestDeadline(TimeProvider.System);
        var ended = new TaskCompletionSource<long>();
        var started = TimeProvider.System.GetTimestamp();
        deadline.Start(started, TimeSpan.FromMilliseconds(20), CancellationToken.None);
        deadline.Token.Register(() => ended.TrySetResult(TimeProvider.System.GetTimestamp()));

        TimeProvider.System.GetElapsedTime(started, await ended.Task).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(20));
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
        _deadline.Start(_time.GetTimestamp(), Timeout, CancellationToken.None);

        _abort.Cancel();

        _deadline.HasEnded.Should().BeFalse();
    }

    [Fact]
    public void An_earlier_caller_that_aborts_between_two_requests_does_not_end_the_next_callers()
    {
        Start();
        _deadline.Stop();
        _abort.Cancel();

        _deadline.Start(_time.GetTimestamp(), Timeout, CancellationToken.None);

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

    private void Start() => _deadline.Start(_time.GetTimestamp(), Timeout, _abort.Token);
}

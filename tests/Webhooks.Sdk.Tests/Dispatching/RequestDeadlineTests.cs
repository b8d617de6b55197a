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
        _deadline.HasFired.Should().BeFalse();

        _time.Advance(TimeSpan.FromTicks(1));

        _deadline.HasFired.Should().BeTrue();
    }

    [Fact]
    public void A_request_that_has_ended_leaves_its_time_to_the_next()
    {
        Start();
        _time.Advance(Timeout - TimeSpan.FromSeconds(1));
        _deadline.Stop();
        Start();

        _time.Advance(Timeout - TimeSpan.FromSeconds(1));

        _deadline.HasFired.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        _deadline.HasFired.Should().BeTrue();
    }

    [Fact]
    public void A_shorter_request_after_a_longer_one_ends_at_its_own_time()
    {
        Start();
        _deadline.Stop();
        _deadline.Start(_time.GetTimestamp(), TimeSpan.FromSeconds(1), _abort.Token);

        _time.Advance(TimeSpan.FromSeconds(1));

        _deadline.HasFired.Should().BeTrue();
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

        _deadline.HasFired.Should().BeFalse();
    }

    [Fact]
    public void A_timer_that_fires_early_does_not_end_it_early()
    {
        var early = new EarlyTime(_time);
        using var deadline = new RequestDeadline(early);
        deadline.Start(_time.GetTimestamp(), Timeout, CancellationToken.None);

        _time.Advance(Timeout - EarlyTime.Early);
        (early.Fired, deadline.HasFired).Should().Be((1, false));

        _time.Advance(EarlyTime.Early);
        deadline.HasFired.Should().BeTrue();
    }

    [Fact]
    public void One_that_has_fired_is_replaced()
    {
        Start();
        _time.Advance(Timeout);
        _deadline.Stop();

        Start();

        _deadline.HasFired.Should().BeFalse();
    }

    [Fact]
    public void The_caller_aborts_the_second_request_with_the_token_of_the_first_even_if_its_source_was_reset()
    {
        Start();
        _deadline.Stop();
        _abort.TryReset().Should().BeTrue();
        Start();

        _abort.Cancel();

        _deadline.HasFired.Should().BeTrue();
    }

    [Fact]
    public void A_caller_that_aborts_after_its_request_does_not_end_the_next_one()
    {
        Start();
        _deadline.Stop();
        _abort.Cancel();

        _deadline.Start(_time.GetTimestamp(), Timeout, CancellationToken.None);

        _deadline.HasFired.Should().BeFalse();
    }

    [Fact]
    public void A_token_that_is_cancelled_already_ends_the_request_at_once()
    {
        _abort.Cancel();

        Start();

        _deadline.HasFired.Should().BeTrue();
    }

    private void Start() => _deadline.Start(_time.GetTimestamp(), Timeout, _abort.Token);

    // As the system's timers may be, which count milliseconds of another clock.
    private sealed class EarlyTime(TimeProvider time) : TimeProvider
    {
        public static readonly TimeSpan Early = TimeSpan.FromMilliseconds(1);

        public int Fired { get; private set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new EarlyTimer(time.CreateTimer(s => Fire(callback, s), state, dueTime, period));

        private void Fire(TimerCallback callback, object? state)
        {
            Fired++;
            callback(state);
        }

        private sealed class EarlyTimer(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime > Early ? dueTime - Early : dueTime, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}

using Webhooks.Sdk.Testing.Clocks;

namespace Webhooks.Sdk.Testing.Tests.Clocks;

public sealed class ManualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new();
    private readonly List<(string Name, DateTimeOffset At)> _fired = [];

    [Fact]
    public void It_starts_in_2026_and_stands_still()
    {
        _time.GetUtcNow().Should().Be(Start);
        _time.GetUtcNow().Should().Be(Start);
        new ManualTimeProvider(Start.AddYears(3)).GetUtcNow().Should().Be(Start.AddYears(3));
    }

    [Fact]
    public void Timers_fire_in_due_order_each_at_its_exact_time()
    {
        using var later = Set("later", TimeSpan.FromHours(5));
        using var sooner = Set("sooner", TimeSpan.FromSeconds(1));
        using var same = Set("same, set after", TimeSpan.FromHours(5));

        _time.Advance(TimeSpan.FromDays(1));

        _fired.Should().Equal(("sooner", Start.AddSeconds(1)), ("later", Start.AddHours(5)), ("same, set after", Start.AddHours(5)));
        _time.GetUtcNow().Should().Be(Start.AddDays(1));
    }

    [Fact]
    public void A_timer_fires_when_the_time_reaches_it_and_not_before()
    {
        using var timer = Set("timer", TimeSpan.FromSeconds(10));

        _time.NextTimerDue.Should().Be(Start.AddSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        _fired.Should().BeEmpty();
        _time.Advance(TimeSpan.FromTicks(1));

        _fired.Should().ContainSingle();
        _time.NextTimerDue.Should().BeNull();
    }

    [Fact]
    public void A_periodic_timer_fires_once_for_each_period()
    {
        using var timer = _time.CreateTimer(_ => _fired.Add(("tick", _time.GetUtcNow())), null, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));

        _time.Advance(TimeSpan.FromSeconds(14));

        _fired.Select(f => f.At).Should().Equal(Start.AddSeconds(3), Start.AddSeconds(8), Start.AddSeconds(13));
    }

    [Fact]
    public void A_timer_set_by_a_callback_fires_in_the_same_move()
    {
        ITimer? second = null;
        using var first = _time.CreateTimer(_ => second = Set("second", TimeSpan.FromMinutes(1)), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromMinutes(2));

        _fired.Should().Equal(("second", Start.AddMinutes(2)));
        second!.Dispose();
    }

    [Fact]
    public void A_changed_timer_forgets_its_old_time_and_a_disposed_one_never_fires()
    {
        using var changed = Set("changed", TimeSpan.FromSeconds(1));
        var disposed = Set("disposed", TimeSpan.FromSeconds(1));
        changed.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan).Should().BeTrue();
        disposed.Dispose();

        _time.Advance(TimeSpan.FromSeconds(9));

        _fired.Should().Equal(("changed", Start.AddSeconds(5)));
        disposed.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Should().BeFalse();
    }

    [Fact]
    public void Timestamps_move_with_the_time()
    {
        var before = _time.GetTimestamp();

        _time.Advance(TimeSpan.FromSeconds(90));

        _time.GetElapsedTime(before).Should().Be(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Time_does_not_go_back()
    {
        _time.SetUtcNow(Start.AddHours(1));

        _time.Invoking(t => t.SetUtcNow(Start)).Should().Throw<ArgumentOutOfRangeException>();
        _time.Invoking(t => t.Advance(TimeSpan.FromSeconds(-1))).Should().Throw<ArgumentOutOfRangeException>();
        _time.GetUtcNow().Should().Be(Start.AddHours(1));
    }

    [Fact]
    public async Task What_awaits_time_goes_on_when_it_has_come()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(15), _time);
        var delay = Task.Delay(TimeSpan.FromSeconds(10), _time, TestContext.Current.CancellationToken);
        using var periodic = new PeriodicTimer(TimeSpan.FromSeconds(20), _time);
        var tick = periodic.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromSeconds(10));
        await delay;
        cancellation.IsCancellationRequested.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        cancellation.IsCancellationRequested.Should().BeTrue();
        tick.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        (await tick).Should().BeTrue();
    }

    [Fact]
    public async Task A_timer_due_at_once_fires_without_the_time_moving()
    {
        var fired = new TaskCompletionSource();
        using var timer = _time.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        _time.GetUtcNow().Should().Be(Start);
    }

    [Fact]
    public async Task Timers_set_by_many_threads_while_time_moves_all_fire_once()
    {
        var fired = 0;
        var setters = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 1; i <= 500; i++)
            {
                _time.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromMilliseconds(i), Timeout.InfiniteTimeSpan);
            }
        })).ToList();
        while (setters.Any(s => !s.IsCompleted))
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await Task.WhenAll(setters);
        _time.Advance(TimeSpan.FromSeconds(1));

        fired.Should().Be(4000);
        _time.NextTimerDue.Should().BeNull();
    }

    private ITimer Set(string name, TimeSpan due) =>
        _time.CreateTimer(_ => _fired.Add((name, _time.GetUtcNow())), null, due, Timeout.InfiniteTimeSpan);
}

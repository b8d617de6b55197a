using System.Diagnostics;
using ConsoleHost.Output;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Subscriptions;

namespace ConsoleHost.Send;

/// <summary>Is told of every recorded attempt: prints it, counts, and says when the last delivery has ended.</summary>
/// <remarks>The engine records one batch after the other, so nothing here is called by two threads at once.</remarks>
internal sealed class SendProgress(int total, int attempts) : IWebhookObserver
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProgressBar? _bar = ProgressBar.For(total);
    private readonly long _started = Stopwatch.GetTimestamp();
    private volatile string? _suspended;
    private int _delivered;
    private int _failed;

    /// <summary>Every delivery has arrived or was given up, or the endpoint was suspended.</summary>
    public Task Completion => _completion.Task;

    public bool AllDelivered => _delivered == total;

    public ValueTask OnRecordedAsync(DeliveryRecord record)
    {
        _delivered += record.Transition is DeliveryTransition.Delivered ? 1 : 0;
        _failed += record.Transition is DeliveryTransition.Failed ? 1 : 0;
        _bar?.Clear();
        if (record.Result is not null)
        {
            Console.WriteLine(AttemptLine.Of(record, attempts));
        }

        _bar?.Draw(_delivered, _failed);
        if (_delivered + _failed == total)
        {
            _completion.TrySetResult();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>410 Gone. What waits was given up by the store without an attempt, and is not reported one by one.</summary>
    public ValueTask OnSuspendedAsync(WebhookSubscription subscription)
    {
        _suspended = subscription.StateReason;
        _completion.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public void End(bool stopped)
    {
        _bar?.Clear();
        var rest = total - _delivered - _failed;
        var summary = $"{_delivered} delivered, {_failed} failed{(rest > 0 ? $", {rest} not sent" : "")} of {total} in {Durations.Text(Stopwatch.GetElapsedTime(_started))}";
        Console.WriteLine((stopped ? "stopped: " : "") + (AllDelivered ? Paint.Good(summary) : Paint.Bad(summary)) + (_suspended is null ? "" : $". {_suspended}"));
    }
}

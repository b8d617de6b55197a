using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Testing.Assertions;
using Webhooks.Sdk.Testing.Clocks;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>
/// Moves the time, and only when nothing else can happen: it lets the worker come to rest, looks for when the next thing is due, goes there, and
/// begins again.
/// </summary>
internal sealed class EngineDriver(EngineWatch watch, ManualTimeProvider time)
{
    // A schedule of ten attempts needs ten steps; a held request one for each renewal of its lease until its timeout.
    private const int MostStepsWithoutChange = 10_000;

    /// <summary>How long the worker may take, in real time, until something changes.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    public async Task RunUntilIdleAsync(CancellationToken cancellationToken)
    {
        DeliveryBacklog? before = null;
        for (var steps = 0; steps < MostStepsWithoutChange; steps++)
        {
            await SettleAsync(cancellationToken);
            var backlog = await Store.GetBacklogAsync(cancellationToken);
            if (backlog.Pending == 0 && watch.Flights.IsEmpty)
            {
                return;
            }

            steps = backlog == before ? steps : 0;
            before = backlog;
            time.SetUtcNow(NextStep(backlog) ?? throw await StuckAsync("Nothing is due, and yet deliveries are pending."));
        }

        throw await StuckAsync($"The time was moved {MostStepsWithoutChange} times to the next timer, to {time.GetUtcNow():O}, and nothing changed.");
    }

    public async Task AdvanceAsync(TimeSpan delta, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delta, TimeSpan.Zero);
        var end = time.GetUtcNow() + delta;
        while (true)
        {
            await SettleAsync(cancellationToken);
            var next = NextStep(await Store.GetBacklogAsync(cancellationToken));
            if (next is null || next >= end)
            {
                time.SetUtcNow(end);
                await SettleAsync(cancellationToken);
                return;
            }

            time.SetUtcNow(next.Value);
        }
    }

    /// <summary>Waits until nothing more happens at this time.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await QuietAsync(cancellationToken);
            if (!watch.IsStarted)
            {
                return;
            }

            var beats = watch.Pulse.Beats;
            var claimed = await InTimeAsync(watch.Rounds.Ask(), cancellationToken);
            if (claimed == 0 && watch.IsQuiet && watch.Pulse.Beats == beats)
            {
                return;
            }
        }
    }

    private IWebhookDeliveryStore Store => watch.Store ?? throw new InvalidOperationException("Start the host before you drive its webhooks.");

    private async Task QuietAsync(CancellationToken cancellationToken)
    {
        while (watch.Pulse.Beats is var beats && !(watch.IsQuiet && watch.Pulse.Beats == beats))
        {
            if (watch.Pulse.Beats == beats)
            {
                await InTimeAsync(watch.Pulse.NextAsync(beats), cancellationToken);
            }
        }
    }

    // Timers count only while something is in hand that waits for one. The others (lease renewal, retention) go on for ever.
    private DateTimeOffset? NextStep(DeliveryBacklog backlog)
    {
        var due = backlog.NextDueAt is { } at && at > time.GetUtcNow() ? backlog.NextDueAt : null;
        var timer = backlog.Leased > 0 || !watch.Flights.IsEmpty ? time.NextTimerDue : null;
        return due is null || timer < due ? timer ?? due : due;
    }

    private async Task InTimeAsync(Task task, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw await StuckAsync($"Nothing changed for {Patience} of real time.");
        }
    }

    private async Task<int> InTimeAsync(Task<int> task, CancellationToken cancellationToken)
    {
        await InTimeAsync((Task)task, cancellationToken);
        return await task;
    }

    private async Task<WebhookAssertionException> StuckAsync(string what)
    {
        List<string> lines = [$"{what} It is {time.GetUtcNow():O}. Still under way:", .. watch.Describe()];
        var pending = await Store.ListAsync(new DeliveryQuery { State = DeliveryState.Pending, PageSize = 20 }, CancellationToken.None);
        lines.AddRange(pending.Items.Select(p => $"{p.EventType} {p.EventId} to subscription {p.SubscriptionId}: {p.Attempts} attempts, due {p.DueAt:O}"));
        if (!watch.IsStarted)
        {
            lines.Add("The worker does not run: start the host, and leave DispatchOptions.Enabled on.");
        }

        return new WebhookAssertionException(string.Join(Environment.NewLine + "- ", lines));
    }
}

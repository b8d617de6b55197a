using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.EntityFrameworkCore.Outbox;
using Webhooks.Sdk.EntityFrameworkCore.Telemetry;

namespace Webhooks.Sdk.EntityFrameworkCore.Relaying;

/// <summary>
/// Moves rows: read the head, publish, delete. No row is locked or leased: whoever publishes a row has seen everything before it published, by
/// itself or by another, so any number of relays keep the order; and what two of them publish is one event, by its id.
/// </summary>
internal sealed class OutboxRelay<TContext>(
    IServiceScopeFactory scopes, RowPublisher publisher, OutboxRelayOptions options, TimeProvider time, ILogger logger)
    where TContext : DbContext
{
    private static readonly TimeSpan SetAsideSweep = TimeSpan.FromSeconds(30);

    private readonly StuckRow _stuck = new();
    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;

    /// <summary>One pass.</summary>
    /// <exception cref="WebhookException">The delivery store did not take the rows; they are where they were.</exception>
    public async ValueTask<RelayPass> MoveAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var outbox = new OutboxTable(scope.ServiceProvider.GetRequiredService<TContext>());
        await SweepAsync(outbox, cancellationToken);

        var rows = await outbox.ReadAsync(options.BatchSize, cancellationToken);
        if (rows.Count == 0)
        {
            return RelayPass.Drained;
        }

        var isDoubted = _stuck.IsDoubted(rows[0]);
        var relayed = await publisher.PublishAsync(rows, pastFailures: isDoubted, cancellationToken);
        if (isDoubted && relayed.Published.Count > 0)
        {
            relayed = relayed with { Refused = [.. relayed.Refused, .. relayed.Failed], Failed = [] };
        }

        var deleted = await SettleAsync(outbox, relayed, cancellationToken);
        if (relayed.Failed is [var first, ..])
        {
            _stuck.Failed(first.Row);
            throw new WebhookException($"Event {first.Row.EventId} could not be published.", first.Why);
        }

        _stuck.Clear();
        return deleted < relayed.Published.Count ? RelayPass.Contested
            : rows.Count == options.BatchSize ? RelayPass.More
            : RelayPass.Drained;
    }

    // What was refused may be welcome by now: a limit was raised, a type declared.
    private async ValueTask SweepAsync(OutboxTable outbox, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _nextSweep)
        {
            return;
        }

        var rows = await outbox.ReadSetAsideAsync(now, options.BatchSize, cancellationToken);
        if (rows.Count > 0)
        {
            var relayed = await publisher.PublishAsync(rows, pastFailures: true, cancellationToken);
            await SettleAsync(outbox, relayed with { Refused = [.. relayed.Refused, .. relayed.Failed], Failed = [] }, cancellationToken);
        }

        _nextSweep = now + SetAsideSweep;
    }

    private async ValueTask<int> SettleAsync(OutboxTable outbox, RelayedRows relayed, CancellationToken cancellationToken)
    {
        foreach (var (row, why) in relayed.Refused)
        {
            var retryAt = time.GetUtcNow() + SetAsideDelay.After(row.Attempts);
            await outbox.SetAsideAsync(row, why.Message, retryAt, cancellationToken);
            logger.SetAside(why, row.EventId, row.Type, row.Attempts + 1, retryAt);
        }

        return relayed.Published.Count == 0 ? 0 : await outbox.DeleteAsync(relayed.Published, cancellationToken);
    }
}

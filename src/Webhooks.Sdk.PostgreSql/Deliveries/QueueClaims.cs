using System.Collections.Frozen;
using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// Claims from the queue. One look at its head shows who is due as long as that is not much; beyond that the node goes round the subscriptions,
/// a few at each claim. Used by one claim at a time.
/// </summary>
internal sealed class QueueClaims(Database database, DeliverySql sql)
{
    /// <summary>As many due rows as one look shows.</summary>
    private const int LookAhead = 1000;

    private readonly DueRound _round = new(database, sql);
    private bool _isRound;
    private bool _fifoFilledAll;
    private bool _fifoWasCut;
    private string _lastServed = "";
    private string _lastFifo = "";

    /// <summary>What the last claim left behind: whose, or simply more than was seen.</summary>
    public IReadOnlySet<string> Behind { get; private set; } = FrozenSet<string>.Empty;

    public bool MoreThanSeen { get; private set; }

    /// <summary>Others are waiting for their turn: claim again soon.</summary>
    public bool HasOthersToVisit => _isRound || _fifoWasCut;

    /// <summary>Another node had the turn for FIFO subscriptions, so none of theirs were looked at.</summary>
    public bool MissedFifoTurn { get; private set; }

    /// <summary>In how long the next one becomes due, when the last claim saw it.</summary>
    public TimeSpan? NextDueIn { get; private set; }

    public async ValueTask<List<ClaimedRow>> ClaimAsync(NpgsqlConnection connection, ClaimRequest request, CancellationToken cancellationToken)
    {
        if (_isRound && await GoRoundAsync(connection, request, cancellationToken) is { Count: > 0 } served)
        {
            return served;
        }

        var (rows, due) = await ClaimAsync(connection, [], LookAhead, request, cancellationToken);
        if (rows.Count == 0 && _fifoWasCut)
        {
            (rows, due) = await ClaimAsync(connection, [], LookAhead, request, cancellationToken);
        }

        _isRound = due == LookAhead;
        return rows.Count == 0 && _isRound ? await GoRoundAsync(connection, request, cancellationToken) : rows;
    }

    // Until somebody has something that may be claimed, or the round is over.
    private async ValueTask<List<ClaimedRow>> GoRoundAsync(NpgsqlConnection connection, ClaimRequest request, CancellationToken cancellationToken)
    {
        do
        {
            if (!_round.HasWaiting)
            {
                await _round.FindAsync(connection, request, cancellationToken);
            }

            var turn = _round.Next(request);
            var (rows, _) = await ClaimAsync(connection, turn, lookAhead: 0, request, cancellationToken);
            _round.Served(turn, rows, request);
            if (rows.Count > 0)
            {
                return rows;
            }
        }
        while (!_round.IsOver);

        _isRound = false;
        return [];
    }

    private async ValueTask<(List<ClaimedRow> Rows, long Due)> ClaimAsync(
        NpgsqlConnection connection, string[] turn, int lookAhead, ClaimRequest request, CancellationToken cancellationToken)
    {
        // FIFO subscriptions may fill a claim, but not two in a row.
        var fifoMax = _fifoFilledAll ? (request.MaxCount + 1) / 2 : request.MaxCount;
        await using var batch = connection.CreateBatch();
        batch.Add(sql.IndexesOnly);
        batch.Add(sql.TakeFifoTurn);
        batch.Add(sql.PutBackEnded);
        batch.Add(sql.Claim).With(lookAhead).With(turn).With([.. request.ExcludedSubscriptions]).With(request.MaxPerSubscription)
            .With(_lastServed).With(_lastFifo).With(fifoMax).With(request.MaxCount).With(DelayMicroseconds.ToMicroseconds(request.Lease));

        List<ClaimedRow> rows = [];
        var due = 0L;
        await using (var reader = await database.ReadAsync(batch, cancellationToken))
        {
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            MissedFifoTurn = reader.GetString(0) != "true";
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                due = reader.GetInt64(0);
                NextDueIn = reader.IsDBNull(1) ? null : DelayMicroseconds.FromMicroseconds(reader.GetInt64(1));
                Behind = reader.IsDBNull(2) ? FrozenSet<string>.Empty : reader.GetFieldValue<string[]>(2).ToHashSet(StringComparer.Ordinal);
                if (!reader.IsDBNull(3))
                {
                    rows.Add(ClaimedRow.Read(reader, 3));
                }
            }

            await reader.NextResultAsync(cancellationToken); // the commit
        }

        rows.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        Remember(rows, fifoMax, request);
        MoreThanSeen = lookAhead == 0 || due == lookAhead || rows.Count == request.MaxCount;
        return (rows, due);
    }

    // Where the next claim goes on. Without a full claim there is nobody to go on with.
    private void Remember(List<ClaimedRow> rows, int fifoMax, ClaimRequest request)
    {
        var fifo = rows.Where(r => r.IsFifo).Select(r => r.SubscriptionId).ToList();
        _fifoFilledAll = fifo.Count == request.MaxCount;
        _fifoWasCut = _lastFifo.Length > 0 && fifo.Count < fifoMax; // those up to there were not looked at
        _lastFifo = fifo.Count == fifoMax ? fifo.Max(StringComparer.Ordinal)! : "";
        if (rows.Count == request.MaxCount && rows.Count > fifo.Count)
        {
            var ids = rows.Where(r => !r.IsFifo).Select(r => r.SubscriptionId).Distinct().ToList();
            var behindCursor = ids.Where(id => StringComparer.Ordinal.Compare(id, _lastServed) <= 0).ToList();
            _lastServed = (behindCursor.Count > 0 ? behindCursor : ids).Max(StringComparer.Ordinal)!;
        }
    }
}

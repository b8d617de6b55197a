using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Connections;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// The subscriptions with due work that wait for their turn, when there are more due deliveries than one look shows. They are found by walking
/// the index from subscription to subscription, so that it does not matter how many rows each has, nor whose rows are the oldest.
/// </summary>
internal sealed class DueRound(Database database, DeliverySql sql)
{
    // About 10 ms of walking.
    private const int StepsAtOnce = 2000;
    private const int FoundAtOnce = 200;

    private readonly Queue<string> _waiting = new();
    private string _from = "";

    /// <summary>The walk has come to the end of the index, and all that it found had their turn.</summary>
    public bool IsOver => _waiting.Count == 0 && _from.Length == 0;

    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Who is next, in order; the claim stops when it has enough.</summary>
    public string[] Next(ClaimRequest request)
    {
        List<string> next = [];
        while (next.Count < FoundAtOnce && _waiting.TryDequeue(out var id))
        {
            if (!request.ExcludedSubscriptions.Contains(id))
            {
                next.Add(id);
            }
        }

        return [.. next];
    }

    /// <summary>After a claim: who gave all that it may goes to the end of the round, who was not reached stays in front.</summary>
    public void Served(string[] turn, List<ClaimedRow> claimed, ClaimRequest request)
    {
        var taken = claimed.Where(r => !r.IsFifo).GroupBy(r => r.SubscriptionId).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var reached = claimed.Count < request.MaxCount ? turn.Length : Array.FindLastIndex(turn, taken.ContainsKey) + 1;
        var before = _waiting.ToArray();
        _waiting.Clear();
        foreach (var id in turn.Skip(reached).Concat(before).Concat(turn.Take(reached).Where(id => taken.GetValueOrDefault(id) >= request.MaxPerSubscription
            || (claimed.Count == request.MaxCount && id == turn[reached - 1]))))
        {
            _waiting.Enqueue(id);
        }
    }

    /// <summary>Walks on and finds who is next.</summary>
    public async ValueTask FindAsync(NpgsqlConnection connection, ClaimRequest request, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Add(sql.IndexesOnly);
        batch.Add(sql.FindDueSubscriptions).With(_from).With(StepsAtOnce).With([.. request.ExcludedSubscriptions]).With(FoundAtOnce);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var (rows, stoppedAt) = (0, "");
        while (await reader.ReadAsync(cancellationToken))
        {
            rows++;
            var id = reader.GetString(0);
            if (reader.GetBoolean(1))
            {
                _waiting.Enqueue(id);
            }

            stoppedAt = rows == FoundAtOnce || reader.GetInt32(2) == StepsAtOnce ? id : stoppedAt;
        }

        _from = stoppedAt; // empty: the end of the index
    }
}

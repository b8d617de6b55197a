using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Webhooks.Sdk.EntityFrameworkCore.Waking;

/// <summary>
/// The host's own transactions that hold outbox rows, and whom their commit wakes (the save itself must not: nobody sees the rows yet). Weak,
/// so that one that nobody ends is forgotten. One whose commit Entity Framework is not told of is left to the poll.
/// </summary>
internal sealed class OpenTransactions
{
    private readonly ConditionalWeakTable<DbTransaction, HashSet<OutboxSignal>> _holdingRows = [];

    public void Add(DbTransaction transaction, OutboxSignal signal)
    {
        var signals = _holdingRows.GetOrAdd(transaction, static _ => []);
        lock (signals)
        {
            signals.Add(signal);
        }
    }

    public void Committed(DbTransaction transaction)
    {
        if (_holdingRows.Remove(transaction, out var signals))
        {
            lock (signals)
            {
                foreach (var signal in signals)
                {
                    signal.Set();
                }
            }
        }
    }

    public void RolledBack(DbTransaction transaction) => _holdingRows.Remove(transaction);
}

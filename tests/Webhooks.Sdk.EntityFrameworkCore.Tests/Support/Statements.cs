using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

/// <summary>Sees the relay's statements on the outbox: tells when rows are gone, and can break one as a crash would.</summary>
internal sealed class Statements : DbCommandInterceptor
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _deletesToBreak;
    private int _deleted;
    private int _updated;

    public int BrokenDeletes { get; private set; }

    /// <summary>As if the process had died after the publication and before the deletion.</summary>
    public void BreakDeletes(int count) => _deletesToBreak = count;

    public Task UntilDeletedAsync(int rows) => UntilAsync(() => _deleted >= rows);

    public Task UntilSetAsideAsync(int rows) => UntilAsync(() => _updated >= rows);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (IsOnOutbox(command, "DELETE") && _deletesToBreak > 0)
            {
                _deletesToBreak--;
                BrokenDeletes++;
                throw new InvalidOperationException("The process died here.");
            }
        }

        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _deleted += IsOnOutbox(command, "DELETE") ? result : 0;
            _updated += IsOnOutbox(command, "UPDATE") ? result : 0;
        }

        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return new(result);
    }

    private static bool IsOnOutbox(DbCommand command, string verb) =>
        command.CommandText.StartsWith(verb, StringComparison.Ordinal) && command.CommandText.Contains("WebhookOutbox", StringComparison.Ordinal);

    private async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            lock (_gate)
            {
                if (condition())
                {
                    return;
                }
            }

            await changed.WaitAsync(deadline.Token);
        }
    }
}

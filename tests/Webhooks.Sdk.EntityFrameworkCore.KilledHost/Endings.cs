using System.Data.Common;

namespace Webhooks.Sdk.EntityFrameworkCore.KilledHost;

/// <summary>Half of the transactions commit; the others end in each of the ways in which one can come to nothing.</summary>
internal static class Endings
{
    /// <summary>The table allows no rating over 5.</summary>
    public static int RatingOf(Ending ending) => ending == Ending.FailingStatement ? 6 : 5;

    public static Ending Of(int id) => id % 2 == 0 ? Ending.Commit : (Ending)(1 + (id / 2 % 4));

    public static Task EndAsync(this DbTransaction transaction, Ending ending) => ending switch
    {
        Ending.Commit => transaction.CommitAsync(),
        Ending.RollBack => transaction.RollbackAsync(),
        Ending.Exception => throw new ChangedMindException(),
        Ending.Dispose => Task.CompletedTask,
        _ => throw new InvalidOperationException("The statement was to fail."),
    };
}

internal sealed class ChangedMindException : Exception;

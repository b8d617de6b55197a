namespace Webhooks.Sdk.EntityFrameworkCore.KilledHost;

/// <summary>How a transaction ends. The first alone commits.</summary>
internal enum Ending
{
    Commit,
    RollBack,
    Exception,
    FailingStatement,
    Dispose,
}

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Transactions;

/// <summary>How a transaction of the oracle ends. The first alone commits.</summary>
internal enum Ending
{
    Commit,
    RollBack,
    Exception,
    FailingStatement,
    Dispose,
}

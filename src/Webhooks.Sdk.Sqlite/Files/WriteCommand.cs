namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>A piece of work that waits for its place in a transaction. It may be run a second time when the first transaction came to nothing.</summary>
internal abstract class WriteCommand
{
    public abstract bool IsCancelled { get; }

    public abstract void Run(SqliteSession session);

    /// <summary>Its transaction is committed.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);

    public abstract void Cancel();
}

internal sealed class WriteCommand<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) : WriteCommand
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override bool IsCancelled => cancellationToken.IsCancellationRequested;

    public override void Run(SqliteSession session) => _result = work(session);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);

    public override void Cancel() => _done.TrySetCanceled(cancellationToken);
}

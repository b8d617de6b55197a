using Npgsql;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.PostgreSql.Receiving;

/// <summary>The inbox in PostgreSQL, shared by any number of nodes. Each call is one batch; the database's clock says which lease has ended.</summary>
internal sealed class PostgreSqlInbox(Database database, bool ownsDatabase) : IWebhookInbox, IAsyncDisposable, IDisposable
{
    private const int Batch = 10_000;

    private readonly InboxSql _sql = new(database.Schema, database.Options.Clock);

    public async ValueTask<InboxAnswer> BeginAsync(InboxKey key, TimeSpan lease, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid();
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        WithKey(batch.Add(_sql.Begin), key).With(DelayMicroseconds.ToMicroseconds(lease)).With(token);
        WithKey(batch.Add(_sql.Look), key);
        return await AnswerAsync(batch, new InboxLease(key, token), isStoredKnown: false, cancellationToken);
    }

    public async ValueTask<InboxAnswer> AcceptAsync(InboxMessage message, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        WithKey(batch.Add(_sql.Accept), message.Key).With(message.Type).With(message.Headers).With(message.Body);
        WithKey(batch.Add(_sql.Look), message.Key);
        return await AnswerAsync(batch, lease: null, isStoredKnown: true, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(
        IReadOnlyCollection<string> receivers, int maxCount, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(_sql.Claim).With([.. receivers]).With(maxCount).With(DelayMicroseconds.ToMicroseconds(lease));
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var messages = new List<ClaimedMessage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new InboxKey(reader.GetString(0), reader.GetString(1), reader.GetString(2));
            var message = new InboxMessage(key, reader.GetString(5), reader.GetString(6), reader.GetFieldValue<byte[]>(7));
            messages.Add(new(new(key, reader.GetGuid(3)), message, reader.GetInt32(4)));
        }

        return messages;
    }

    public ValueTask<bool> RenewAsync(InboxLease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        IsDoneAsync(b => WithLease(b.Add(_sql.Renew), lease).With(DelayMicroseconds.ToMicroseconds(duration)), cancellationToken);

    public async ValueTask<bool> RecordAsync(InboxLease lease, InboxTransition transition, CancellationToken cancellationToken) =>
        (transition is not InboxTransition.Handled && await IsDoneAsync(b => WithLease(b.Add(_sql.ForgetBegun), lease), cancellationToken))
        || await IsDoneAsync(
            b => _ = transition switch
            {
                InboxTransition.Handled => WithLease(b.Add(_sql.Handled), lease),
                InboxTransition.Retry retry => WithLease(b.Add(_sql.Retry), lease).With(DelayMicroseconds.ToMicroseconds(retry.Delay)),
                InboxTransition.GivenUp givenUp => WithLease(b.Add(_sql.GiveUp), lease).With(StorableText.From(givenUp.Reason)),
                _ => WithLease(b.Add(_sql.Release), lease),
            },
            cancellationToken);

    public async ValueTask<IReadOnlyList<GivenUpMessage>> ListGivenUpAsync(string receiver, int maxCount, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        batch.Add(_sql.ListGivenUp).With(receiver).With(maxCount);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var messages = new List<GivenUpMessage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = new InboxKey(receiver, reader.GetString(0), reader.GetString(1));
            var message = new InboxMessage(key, reader.GetString(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4));
            messages.Add(new(message, reader.GetInt32(5), reader.GetFieldValue<DateTimeOffset>(6), reader.GetString(7)));
        }

        return messages;
    }

    public ValueTask<bool> RetryAsync(InboxKey key, CancellationToken cancellationToken) =>
        IsDoneAsync(b => WithKey(b.Add(_sql.RetryGivenUp), key), cancellationToken);

    public async ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var (all, some) = (0L, 0L);
        do
        {
            await using var batch = connection.CreateBatch();
            batch.Add(_sql.Purge).With(DelayMicroseconds.ToMicroseconds(age)).With(Batch);
            await using var reader = await database.ReadAsync(batch, cancellationToken);
            await reader.ReadAsync(cancellationToken);
            some = reader.GetInt64(0);
            all += some;
        }
        while (some == Batch);

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        if (ownsDatabase)
        {
            await database.DisposeAsync();
        }
    }

    public void Dispose()
    {
        if (ownsDatabase)
        {
            database.Dispose();
        }
    }

    private async ValueTask<InboxAnswer> AnswerAsync(NpgsqlBatch batch, InboxLease? lease, bool isStoredKnown, CancellationToken cancellationToken)
    {
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        var isNew = await reader.ReadAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        if (isNew)
        {
            return new(InboxState.New, lease);
        }

        if (!await reader.ReadAsync(cancellationToken))
        {
            // Whoever had it in hand has given it back in this moment; the sender's next attempt gets it.
            return new(InboxState.InHand, FreeIn: TimeSpan.Zero);
        }

        var (isWaiting, isStored) = (reader.GetBoolean(0), reader.GetBoolean(1));
        return !isWaiting || (isStoredKnown && isStored) ? new(InboxState.Known) : new(InboxState.InHand, FreeIn: DelayMicroseconds.FromMicroseconds(Math.Max(0, reader.GetInt64(2))));
    }

    private async ValueTask<bool> IsDoneAsync(Action<NpgsqlBatch> add, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var batch = connection.CreateBatch();
        add(batch);
        await using var reader = await database.ReadAsync(batch, cancellationToken);
        return await reader.ReadAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand WithKey(NpgsqlBatchCommand command, InboxKey key) =>
        command.With(key.Receiver).With(key.Sender).With(key.MessageId);

    private static NpgsqlBatchCommand WithLease(NpgsqlBatchCommand command, InboxLease lease) => WithKey(command, lease.Key).With(lease.Token);
}

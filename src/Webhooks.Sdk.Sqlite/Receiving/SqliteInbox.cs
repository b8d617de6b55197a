using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Sqlite.Files;

namespace Webhooks.Sdk.Sqlite.Receiving;

/// <summary>The inbox in a SQLite file. Writers take turns, so each call is one transaction and nobody comes between; the time is the host's.</summary>
internal sealed class SqliteInbox(SqliteDatabase database, TimeProvider time) : IWebhookInbox, IDisposable
{
    private const int Batch = 1000;

    private readonly SqliteInboxSql _sql = new(database.TablePrefix);

    public async ValueTask<InboxAnswer> BeginAsync(InboxKey key, TimeSpan lease, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid();
        return await database.WriteAsync(
            session =>
            {
                var now = Now();
                using var begin = BindKey(session.Use(_sql.Begin), key).Bind(now + lease.ToMicroseconds()).Bind(token.ToByteArray()).Bind(now);
                return begin.Run() > 0 ? new InboxAnswer(InboxState.New, new InboxLease(key, token)) : Look(session, key, now, isStoredKnown: false);
            },
            cancellationToken);
    }

    public async ValueTask<InboxAnswer> AcceptAsync(InboxMessage message, CancellationToken cancellationToken) => await database.WriteAsync(
        session =>
        {
            var now = Now();
            using var accept = BindKey(session.Use(_sql.Accept), message.Key).Bind(now).Bind(message.Type).Bind(message.Headers).Bind(message.Body.Span);
            return accept.Run() > 0 ? new InboxAnswer(InboxState.New) : Look(session, message.Key, now, isStoredKnown: true);
        },
        cancellationToken);

    public async ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(
        IReadOnlyCollection<string> receivers, int maxCount, TimeSpan lease, CancellationToken cancellationToken)
    {
        // A poll that finds nothing never takes the write lock.
        var now = Now();
        return receivers.Count > 0 && database.Read(session => IsAnythingDue(session, now))
            ? await database.WriteAsync(session => Claim(session, receivers, maxCount, lease), cancellationToken)
            : [];
    }

    public async ValueTask<bool> RenewAsync(InboxLease lease, TimeSpan duration, CancellationToken cancellationToken) => await database.WriteAsync(
        session =>
        {
            using var renew = BindLease(session.Use(_sql.Renew).Bind(Now() + duration.ToMicroseconds()), lease);
            return renew.Run() > 0;
        },
        cancellationToken);

    public async ValueTask<bool> RecordAsync(InboxLease lease, InboxTransition transition, CancellationToken cancellationToken) =>
        await database.WriteAsync(session => Record(session, lease, transition), cancellationToken);

    public ValueTask<IReadOnlyList<GivenUpMessage>> ListGivenUpAsync(string receiver, int maxCount, CancellationToken cancellationToken) =>
        new(database.Read<IReadOnlyList<GivenUpMessage>>(session =>
        {
            var messages = new List<GivenUpMessage>();
            using var list = session.Use(_sql.ListGivenUp).Bind(receiver).Bind(maxCount);
            while (list.Step())
            {
                messages.Add(new(
                    new(new(receiver, list.Text(0), list.Text(1)), list.Text(2), list.Text(3), list.Blob(4)),
                    (int)list.Integer(5), list.Integer(6).ToTime(), list.Text(7)));
            }

            return messages;
        }));

    public async ValueTask<bool> RetryAsync(InboxKey key, CancellationToken cancellationToken) => await database.WriteAsync(
        session =>
        {
            using var retry = BindKey(session.Use(_sql.RetryGivenUp).Bind(Now()), key);
            return retry.Run() > 0;
        },
        cancellationToken);

    public async ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var (all, some) = (0L, 0);
        do
        {
            some = await database.WriteAsync(
                session =>
                {
                    using var purge = session.Use(_sql.Purge).Bind((time.GetUtcNow() - age).ToMicroseconds()).Bind(Batch);
                    return purge.Run();
                },
                cancellationToken);
            all += some;
        }
        while (some == Batch);

        return all;
    }

    public void Dispose() => database.Dispose();

    private InboxAnswer Look(SqliteSession session, InboxKey key, long now, bool isStoredKnown)
    {
        using var look = BindKey(session.Use(_sql.Look), key);
        look.Step();
        return look.Text(0) != "Waiting" || (isStoredKnown && look.Integer(2) != 0)
            ? new(InboxState.Known)
            : new(InboxState.InHand, FreeIn: (look.Integer(1) - now).ToDuration());
    }

    private bool IsAnythingDue(SqliteSession session, long now)
    {
        using var select = session.Use(_sql.IsAnythingDue).Bind(now);
        return select.Step();
    }

    private List<ClaimedMessage> Claim(SqliteSession session, IReadOnlyCollection<string> receivers, int maxCount, TimeSpan lease)
    {
        var now = Now();
        var due = ReadDue(session, receivers, maxCount, now);
        foreach (var (row, claimed) in due)
        {
            using var claim = session.Use(_sql.Claim).Bind(now + lease.ToMicroseconds()).Bind(claimed.Lease.Token.ToByteArray()).Bind(row);
            claim.Run();
        }

        return [.. due.Select(d => d.Claimed)];
    }

    private List<(long Row, ClaimedMessage Claimed)> ReadDue(SqliteSession session, IReadOnlyCollection<string> receivers, int maxCount, long now)
    {
        var due = new List<(long, ClaimedMessage)>();
        using var select = session.Use(_sql.Due(receivers.Count)).Bind(now);
        foreach (var receiver in receivers)
        {
            select.Bind(receiver);
        }

        select.Bind(maxCount);
        while (select.Step())
        {
            var key = new InboxKey(select.Text(1), select.Text(2), select.Text(3));
            var message = new InboxMessage(key, select.Text(5), select.Text(6), select.Blob(7));
            due.Add((select.Integer(0), new(new(key, Guid.NewGuid()), message, (int)select.Integer(4) + 1)));
        }

        return due;
    }

    private bool Record(SqliteSession session, InboxLease lease, InboxTransition transition)
    {
        if (transition is not InboxTransition.Handled)
        {
            using var forget = BindLease(session.Use(_sql.ForgetBegun), lease);
            if (forget.Run() > 0)
            {
                return true;
            }
        }

        using var write = BindLease(
            transition switch
            {
                InboxTransition.Handled => session.Use(_sql.Handled).Bind(Now()),
                InboxTransition.Retry retry => session.Use(_sql.Retry).Bind(Now() + retry.Delay.ToMicroseconds()),
                InboxTransition.GivenUp givenUp => session.Use(_sql.GiveUp).Bind(Now()).Bind(givenUp.Reason),
                _ => session.Use(_sql.Release).Bind(Now()),
            },
            lease);
        return write.Run() > 0;
    }

    private static SqliteStatement BindKey(SqliteStatement statement, InboxKey key) =>
        statement.Bind(key.Receiver).Bind(key.Sender).Bind(key.MessageId);

    private static SqliteStatement BindLease(SqliteStatement statement, InboxLease lease) =>
        BindKey(statement, lease.Key).Bind(lease.Token.ToByteArray());

    private long Now() => time.GetUtcNow().ToMicroseconds();
}

namespace Webhooks.Sdk.Sqlite.Receiving;

/// <summary>Every statement on the inbox, with the index that it relies on. Values are bound in the order in which their names first stand here.</summary>
internal sealed class SqliteInboxSql(string p)
{
    // inbox_key
    public readonly string Begin = $"""
        INSERT INTO {p}inbox (receiver, sender, message_id, state, due_at, lease, attempts, changed_at)
        VALUES (@receiver, @sender, @message_id, 'Waiting', @until, @lease, 1, @now)
        ON CONFLICT (receiver, sender, message_id) DO UPDATE SET
            due_at = excluded.due_at, lease = excluded.lease,
            attempts = CASE state WHEN 'GivenUp' THEN 1 ELSE attempts + 1 END,
            changed_at = CASE state WHEN 'GivenUp' THEN excluded.changed_at ELSE changed_at END,
            body = CASE state WHEN 'GivenUp' THEN NULL ELSE body END,
            reason = NULL,
            state = 'Waiting'
        WHERE state = 'GivenUp' OR (state = 'Waiting' AND due_at <= @now)
        """;

    // inbox_key
    public readonly string Accept = $"""
        INSERT INTO {p}inbox (receiver, sender, message_id, state, due_at, attempts, changed_at, type, headers, body)
        VALUES (@receiver, @sender, @message_id, 'Waiting', @now, 0, @now, @type, @headers, @body)
        ON CONFLICT (receiver, sender, message_id) DO UPDATE SET
            state = 'Waiting', due_at = excluded.due_at, lease = NULL, attempts = 0, changed_at = excluded.changed_at, reason = NULL,
            type = excluded.type, headers = excluded.headers, body = excluded.body
        WHERE state = 'GivenUp' OR (state = 'Waiting' AND body IS NULL AND due_at <= @now)
        """;

    // inbox_key
    public readonly string Look = $"""
        SELECT state, due_at, body IS NOT NULL FROM {p}inbox WHERE receiver = @receiver AND sender = @sender AND message_id = @message_id
        """;

    // inbox_due
    public readonly string IsAnythingDue = $"""
        SELECT 1 FROM {p}inbox WHERE state = 'Waiting' AND body IS NOT NULL AND due_at <= @now LIMIT 1
        """;

    // inbox_due
    public string Due(int receivers) => $"""
        SELECT seq, receiver, sender, message_id, attempts, type, headers, body
        FROM {p}inbox
        WHERE state = 'Waiting' AND body IS NOT NULL AND due_at <= @now AND receiver IN ({string.Join(", ", Enumerable.Range(0, receivers).Select(i => $"@receiver{i}"))})
        ORDER BY due_at
        LIMIT @count
        """;

    // primary key
    public readonly string Claim = $"""
        UPDATE {p}inbox SET due_at = @until, lease = @lease, attempts = attempts + 1 WHERE seq = @seq
        """;

    // The rest: inbox_key. The lease is the proof.
    private const string InHand = "receiver = @receiver AND sender = @sender AND message_id = @message_id AND state = 'Waiting' AND lease = @lease";

    public readonly string Renew = $"""
        UPDATE {p}inbox SET due_at = @until WHERE {InHand}
        """;

    public readonly string Handled = $"""
        UPDATE {p}inbox SET state = 'Handled', changed_at = @now, lease = NULL, reason = NULL, type = NULL, headers = NULL, body = NULL WHERE {InHand}
        """;

    public readonly string ForgetBegun = $"""
        DELETE FROM {p}inbox WHERE {InHand} AND body IS NULL
        """;

    public readonly string Release = $"""
        UPDATE {p}inbox SET due_at = @now, lease = NULL, attempts = attempts - 1 WHERE {InHand}
        """;

    public readonly string Retry = $"""
        UPDATE {p}inbox SET due_at = @due_at, lease = NULL WHERE {InHand}
        """;

    public readonly string GiveUp = $"""
        UPDATE {p}inbox SET state = 'GivenUp', changed_at = @now, lease = NULL, reason = @reason WHERE {InHand}
        """;

    // inbox_given_up
    public readonly string ListGivenUp = $"""
        SELECT sender, message_id, type, headers, body, attempts, changed_at, reason
        FROM {p}inbox
        WHERE state = 'GivenUp' AND receiver = @receiver
        ORDER BY changed_at DESC
        LIMIT @count
        """;

    // inbox_key
    public readonly string RetryGivenUp = $"""
        UPDATE {p}inbox SET state = 'Waiting', due_at = @now, attempts = 0, changed_at = @now, reason = NULL
        WHERE receiver = @receiver AND sender = @sender AND message_id = @message_id AND state = 'GivenUp'
        """;

    // inbox_changed
    public readonly string Purge = $"""
        DELETE FROM {p}inbox WHERE seq IN (
            SELECT seq FROM {p}inbox
            WHERE changed_at < @before AND (state <> 'Waiting' OR (body IS NULL AND due_at < @before))
            LIMIT @count)
        """;
}

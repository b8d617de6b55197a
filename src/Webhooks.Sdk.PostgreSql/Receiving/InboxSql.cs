namespace Webhooks.Sdk.PostgreSql.Receiving;

/// <summary>Every statement on the inbox, each with the index it relies on.</summary>
internal sealed class InboxSql(string schema, string now)
{
    private const string Waiting = "0";
    private const string WasHandled = "1";
    private const string WasGivenUp = "2";
    private const string Microsecond = "interval '1 microsecond'";
    private const string InHand = $"receiver = $1 AND sender = $2 AND message_id = $3 AND lease_token = $4 AND state = {Waiting}";

    // inbox_pkey. Of simultaneous inserts one wins, and the others wait for it and then see its lease.
    public string Begin { get; } = $"""
        INSERT INTO {schema}.inbox AS i (receiver, sender, message_id, state, due_at, lease_token, attempts, changed_at)
        VALUES ($1, $2, $3, {Waiting}, {now} + $4 * {Microsecond}, $5, 1, {now})
        ON CONFLICT (receiver, sender, message_id) DO UPDATE SET
            state = {Waiting}, due_at = excluded.due_at, lease_token = excluded.lease_token, reason = NULL,
            attempts = CASE i.state WHEN {WasGivenUp} THEN 1 ELSE i.attempts + 1 END,
            changed_at = CASE i.state WHEN {WasGivenUp} THEN excluded.changed_at ELSE i.changed_at END,
            body = CASE i.state WHEN {WasGivenUp} THEN NULL ELSE i.body END
        WHERE i.state = {WasGivenUp} OR (i.state = {Waiting} AND i.due_at <= {now})
        RETURNING true
        """;

    // inbox_pkey
    public string Accept { get; } = $"""
        INSERT INTO {schema}.inbox AS i (receiver, sender, message_id, state, due_at, attempts, changed_at, type, headers, body)
        VALUES ($1, $2, $3, {Waiting}, {now}, 0, {now}, $4, $5, $6)
        ON CONFLICT (receiver, sender, message_id) DO UPDATE SET
            state = {Waiting}, due_at = excluded.due_at, lease_token = NULL, attempts = 0, changed_at = excluded.changed_at, reason = NULL,
            type = excluded.type, headers = excluded.headers, body = excluded.body
        WHERE i.state = {WasGivenUp} OR (i.state = {Waiting} AND i.body IS NULL AND i.due_at <= {now})
        RETURNING true
        """;

    // inbox_pkey. Runs behind the statement above, so it sees what that one waited for.
    public string Look { get; } = $"""
        SELECT state = {Waiting}, body IS NOT NULL, (extract(epoch FROM due_at - {now}) * 1000000)::bigint
        FROM {schema}.inbox WHERE receiver = $1 AND sender = $2 AND message_id = $3
        """;

    // inbox_due; the rows that another node is claiming are passed over.
    public string Claim { get; } = $"""
        WITH due AS MATERIALIZED (
            SELECT receiver, sender, message_id, due_at FROM {schema}.inbox
            WHERE state = {Waiting} AND body IS NOT NULL AND due_at <= {now} AND receiver = ANY ($1)
            ORDER BY due_at
            LIMIT $2
            FOR UPDATE SKIP LOCKED
        ), claimed AS (
            UPDATE {schema}.inbox i SET due_at = {now} + $3 * {Microsecond}, lease_token = gen_random_uuid(), attempts = i.attempts + 1
            FROM due d WHERE i.receiver = d.receiver AND i.sender = d.sender AND i.message_id = d.message_id
            RETURNING i.receiver, i.sender, i.message_id, i.lease_token, i.attempts, i.type, i.headers, i.body, d.due_at AS was_due_at
        )
        SELECT receiver, sender, message_id, lease_token, attempts, type, headers, body FROM claimed ORDER BY was_due_at
        """;

    // The rest: inbox_pkey. The token is the proof.
    public string Renew { get; } = $"""
        UPDATE {schema}.inbox SET due_at = {now} + $5 * {Microsecond} WHERE {InHand} RETURNING true
        """;

    public string Handled { get; } = $"""
        UPDATE {schema}.inbox SET state = {WasHandled}, changed_at = {now}, lease_token = NULL, reason = NULL, type = NULL, headers = NULL, body = NULL
        WHERE {InHand} RETURNING true
        """;

    public string ForgetBegun { get; } = $"""
        DELETE FROM {schema}.inbox WHERE {InHand} AND body IS NULL RETURNING true
        """;

    public string Release { get; } = $"""
        UPDATE {schema}.inbox SET due_at = {now}, lease_token = NULL, attempts = attempts - 1 WHERE {InHand} RETURNING true
        """;

    public string Retry { get; } = $"""
        UPDATE {schema}.inbox SET due_at = {now} + $5 * {Microsecond}, lease_token = NULL WHERE {InHand} RETURNING true
        """;

    public string GiveUp { get; } = $"""
        UPDATE {schema}.inbox SET state = {WasGivenUp}, changed_at = {now}, lease_token = NULL, reason = $5 WHERE {InHand} RETURNING true
        """;

    // inbox_given_up
    public string ListGivenUp { get; } = $"""
        SELECT sender, message_id, type, headers, body, attempts, changed_at, reason FROM {schema}.inbox
        WHERE state = {WasGivenUp} AND receiver = $1
        ORDER BY changed_at DESC
        LIMIT $2
        """;

    // inbox_pkey
    public string RetryGivenUp { get; } = $"""
        UPDATE {schema}.inbox SET state = {Waiting}, due_at = {now}, attempts = 0, changed_at = {now}, reason = NULL
        WHERE receiver = $1 AND sender = $2 AND message_id = $3 AND state = {WasGivenUp} RETURNING true
        """;

    // inbox_changed
    public string Purge { get; } = $"""
        WITH gone AS (
            DELETE FROM {schema}.inbox WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM {schema}.inbox
                WHERE changed_at < {now} - $1 * {Microsecond} AND (state <> {Waiting} OR (body IS NULL AND due_at < {now} - $1 * {Microsecond}))
                LIMIT $2
                FOR UPDATE SKIP LOCKED))
            RETURNING 1
        )
        SELECT count(*) FROM gone
        """;
}

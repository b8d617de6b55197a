using System.Globalization;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Schema;

namespace Webhooks.Sdk.PostgreSql.Deliveries;

/// <summary>
/// The statements that move deliveries: enqueue, claim, renew, record, give up. Each names the index it relies on. What is read and what is
/// purged stands in the two files beside this one. Times are the server's; delays come as microseconds (see <c>DelayMicroseconds</c>).
/// </summary>
internal sealed class DeliverySql(string schema, string now)
{
    /// <summary>
    /// Goes before the statements on the queue, in the same round trip and for its transaction only. A queue that was empty a moment ago and
    /// holds a million rows now makes any statistics wrong; with these the plans are the same at every size: index scans and nested
    /// loops. So one plan is enough: making it anew would cost more than a claim.
    /// </summary>
    public string IndexesOnly { get; } = Settings(nestedLoops: "on", hashJoins: "off");

    /// <summary>
    /// The same for statements that join a list of ids with the queue: "id = ANY (list)" looks each of them up by deliveries_pkey, and a hash joins
    /// what was found with the list. A nested loop might go over the whole queue for each of the list: a table that was empty when it was
    /// last vacuumed is taken for empty, however much stands in it now. "IS NOT DISTINCT FROM" is how tokens are compared for the same reason:
    /// "=" would allow to go over everything that is leased.
    /// </summary>
    public string ListsOnly { get; } = Settings(nestedLoops: "off", hashJoins: "on");

    // event_keys_pkey decides what is new; everything else is appended. Keys go in order, so that two writers with the same ones do not deadlock.
    // The columns of a delivery hold its event's id and tenant too, so that the only join is with the few new keys.
    public string Enqueue { get; } = $"""
        WITH event AS (
            SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::bytea[], $8::text[], $9::int[])
                WITH ORDINALITY AS e (id, publish_token, type, tenant_id, tenant_name, created_at, data, trace_parent, target_count, place)
        ), new_key AS (
            INSERT INTO {schema}.event_keys (id, stored_at, publish_token)
            SELECT id, {now}, publish_token FROM event ORDER BY id
            ON CONFLICT (id) DO NOTHING
            RETURNING id
        ), new_event AS (
            INSERT INTO {schema}.events (id, stored_at, type, tenant_id, tenant_name, created_at, data, trace_parent, target_count)
            SELECT e.id, {now}, e.type, e.tenant_id, e.tenant_name, e.created_at, e.data, e.trace_parent, e.target_count
            FROM event e JOIN new_key k ON k.id = e.id
            ORDER BY e.place
        ), new_delivery AS (
            INSERT INTO {schema}.deliveries
                (id, event_id, event_stored_at, tenant_id, subscription_id, subscription_name, fifo, due_at, lease_token)
            SELECT t.id, t.event_id, {now}, t.tenant_id, t.subscription_id, t.subscription_name, t.fifo,
                   CASE WHEN t.lease_token IS NULL THEN {now} ELSE {now} + $17::bigint * interval '1 microsecond' END, t.lease_token
            FROM unnest($10::uuid[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bool[], $16::uuid[]) WITH ORDINALITY
                AS t (id, event_id, tenant_id, subscription_id, subscription_name, fifo, lease_token, place)
            JOIN new_key k ON k.id = t.event_id
            ORDER BY t.place
            ON CONFLICT (id) DO NOTHING
        )
        SELECT id FROM new_key
        """;

    // The same for events that are all new, as nearly all are: nothing to join, nothing to look up. event_keys_pkey refuses what is not new, and
    // then all three come to nothing.
    public string EnqueueNewKeys { get; } = $"""
        INSERT INTO {schema}.event_keys (id, stored_at, publish_token)
        SELECT e.id, {now}, e.publish_token FROM unnest($1::text[], $2::uuid[]) AS e (id, publish_token)
        """;

    public string EnqueueNewEvents { get; } = $"""
        INSERT INTO {schema}.events (id, stored_at, type, tenant_id, tenant_name, created_at, data, trace_parent, target_count)
        SELECT e.id, {now}, e.type, e.tenant_id, e.tenant_name, e.created_at, e.data, e.trace_parent, e.target_count
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::bytea[], $7::text[], $8::int[])
            AS e (id, type, tenant_id, tenant_name, created_at, data, trace_parent, target_count)
        """;

    public string EnqueueNewDeliveries { get; } = $"""
        INSERT INTO {schema}.deliveries
            (id, event_id, event_stored_at, tenant_id, subscription_id, subscription_name, fifo, due_at, lease_token)
        SELECT t.id, t.event_id, {now}, t.tenant_id, t.subscription_id, t.subscription_name, t.fifo,
               CASE WHEN t.lease_token IS NULL THEN {now} ELSE {now} + $8::bigint * interval '1 microsecond' END, t.lease_token
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::uuid[])
            AS t (id, event_id, tenant_id, subscription_id, subscription_name, fifo, lease_token)
        """;

    // event_keys_pkey; asked only when a publication was repeated because its answer was lost: what carries its token is its own
    public string FindOwnKeys { get; } = $"""
        SELECT k.id
        FROM unnest($1::text[], $2::uuid[]) AS e (id, publish_token)
        JOIN {schema}.event_keys k ON k.id = e.id AND k.publish_token = e.publish_token
        """;

    // FIFO claims of all nodes take turns: whether another delivery of the subscription is leased must be seen as it is now, and only the
    // statement after the lock does. Who does not get the lock leaves FIFO to the one who has it. Nobody waits.
    public string TakeFifoTurn { get; } =
        $"SELECT set_config('webhooks.fifo_turn', pg_try_advisory_xact_lock({AdvisoryKeys.Fifo(schema).ToString(CultureInfo.InvariantCulture)})::text, true)";

    // deliveries_leased, then deliveries_pkey: a lease that has ended goes back to the queue; its late result finds the token gone. Before a claim
    // or a giving up, in its transaction.
    public string PutBackEnded { get; } = $"""
        UPDATE {schema}.deliveries SET lease_token = NULL
        WHERE id = ANY (ARRAY(
            SELECT id FROM {schema}.deliveries WHERE lease_token IS NOT NULL AND due_at <= {now} ORDER BY due_at LIMIT 1000 FOR UPDATE SKIP LOCKED))
        """;

    /// <summary>
    /// One claim of at most $8 deliveries. Subscriptions come from the head of the queue (the first $1 that are due: usually all of them) or
    /// from the round $2 that the node goes when there are more than that; those of the head behind $5 go first. Each gives at most $4, oldest
    /// first. FIFO subscriptions, from $6 on and at most $7 of them, give their head if nothing of them is leased and it is due, so a retry at
    /// the head blocks. Answers one row at least: how many are due, when the next one is, and who has more than was taken.
    /// </summary>
    public string Claim { get; } = $"""
        WITH RECURSIVE head AS MATERIALIZED (
            SELECT subscription_id FROM {schema}.deliveries
            WHERE NOT fifo AND lease_token IS NULL AND due_at <= {now} ORDER BY due_at LIMIT $1             -- deliveries_due
        ), turn AS MATERIALIZED (
            SELECT subscription_id, count(*) AS due, (subscription_id <= $5)::integer AS place FROM head GROUP BY subscription_id
            UNION ALL
            SELECT r.subscription_id, 0, r.place FROM unnest($2::text[]) WITH ORDINALITY AS r (subscription_id, place)
        ), lane AS (
            (SELECT subscription_id, id, due_at, 1 AS visit FROM {schema}.deliveries
             WHERE fifo AND subscription_id > $6 AND current_setting('webhooks.fifo_turn') = 'true'
             ORDER BY subscription_id, sequence LIMIT 1)                                                    -- deliveries_fifo
            UNION ALL
            SELECT n.subscription_id, n.id, n.due_at, l.visit + 1
            FROM lane l CROSS JOIN LATERAL (
                SELECT subscription_id, id, due_at FROM {schema}.deliveries
                WHERE fifo AND subscription_id > l.subscription_id ORDER BY subscription_id, sequence LIMIT 1) n   -- deliveries_fifo
            WHERE l.visit < 20000
        ), lane_head AS MATERIALIZED (
            SELECT l.id FROM lane l
            WHERE l.due_at <= {now} AND l.subscription_id <> ALL ($3)
                AND NOT EXISTS (
                    SELECT FROM {schema}.deliveries f
                    WHERE f.fifo AND f.lease_token IS NOT NULL AND f.subscription_id = l.subscription_id
                        AND f.due_at > {now})                                                               -- deliveries_fifo_leased
                AND l.subscription_id <> ALL (ARRAY(                        -- left from when the subscription was unordered
                    SELECT DISTINCT u.subscription_id FROM {schema}.deliveries u
                    WHERE NOT u.fifo AND u.lease_token IS NOT NULL AND u.due_at > {now}))                   -- deliveries_leased
            LIMIT $7
        ), picked_fifo AS MATERIALIZED (
            SELECT d.id FROM {schema}.deliveries d
            WHERE d.id = ANY (ARRAY(SELECT id FROM lane_head)) AND d.due_at <= {now}                        -- deliveries_pkey
            FOR UPDATE SKIP LOCKED
        ), picked AS MATERIALIZED (
            SELECT q.id
            FROM (SELECT subscription_id FROM turn WHERE subscription_id <> ALL ($3) ORDER BY place, subscription_id) t
            CROSS JOIN LATERAL (
                SELECT id FROM {schema}.deliveries d
                WHERE d.subscription_id = t.subscription_id AND d.fifo::integer = 0 AND d.lease_token IS NULL AND d.due_at <= {now}
                ORDER BY d.due_at, d.sequence LIMIT $4                                                      -- deliveries_subscription_due
                FOR UPDATE SKIP LOCKED) q
            LIMIT greatest(0, $8 - (SELECT count(*) FROM picked_fifo))
        ), claimed AS (
            UPDATE {schema}.deliveries d SET due_at = {now} + $9 * interval '1 microsecond', lease_token = gen_random_uuid()
            WHERE d.id = ANY (ARRAY(SELECT id FROM picked_fifo UNION ALL SELECT id FROM picked))            -- deliveries_pkey
            RETURNING d.id, d.event_id, d.event_stored_at, d.subscription_id, d.subscription_name, d.attempts, d.lease_token, d.sequence, d.fifo
        )
        SELECT s.*, c.*
        FROM (SELECT (SELECT count(*) FROM head) AS due,
                     (SELECT (extract(epoch FROM min(due_at) - {now}) * 1000000)::bigint
                      FROM ((SELECT due_at FROM {schema}.deliveries
                             WHERE NOT fifo AND lease_token IS NULL AND due_at > {now} ORDER BY due_at LIMIT 1)     -- deliveries_due
                            UNION ALL
                            (SELECT due_at FROM {schema}.deliveries
                             WHERE lease_token IS NOT NULL AND due_at > {now} ORDER BY due_at LIMIT 1)) n) AS next_due,   -- deliveries_leased
                     (SELECT array_agg(subscription_id) FROM turn WHERE due > $4 OR subscription_id = ANY ($3)) AS behind) s
        LEFT JOIN claimed c ON true
        """;

    // deliveries_subscription_due, one step per subscription however many rows each has. Answers those with due work after $1, at most $4 of
    // them, and where the walk stopped after $2 steps.
    public string FindDueSubscriptions { get; } = $"""
        WITH RECURSIVE walk AS (
            (SELECT subscription_id, due_at, 1 AS visit FROM {schema}.deliveries
             WHERE fifo::integer = 0 AND lease_token IS NULL AND subscription_id > $1 ORDER BY subscription_id, due_at, sequence LIMIT 1)
            UNION ALL
            SELECT n.subscription_id, n.due_at, w.visit + 1
            FROM walk w CROSS JOIN LATERAL (
                SELECT subscription_id, due_at FROM {schema}.deliveries
                WHERE fifo::integer = 0 AND lease_token IS NULL AND subscription_id > w.subscription_id ORDER BY subscription_id, due_at, sequence LIMIT 1) n
            WHERE w.visit < $2
        )
        SELECT subscription_id, due_at <= {now} AND subscription_id <> ALL ($3) AS is_due, visit FROM walk
        WHERE (due_at <= {now} AND subscription_id <> ALL ($3)) OR visit = $2
        LIMIT $4
        """;

    // events_pkey of the one partition that the time names
    public string ReadEvents { get; } = $"""
        SELECT e.id, e.type, e.tenant_id, e.tenant_name, e.created_at, e.data, e.trace_parent, e.target_count, e.stored_at
        FROM unnest($1::text[], $2::timestamptz[]) AS k (id, stored_at)
        JOIN {schema}.events e ON e.id = k.id AND e.stored_at = k.stored_at
        """;

    // deliveries_pkey
    public string RemoveOrphans { get; } = $"""
        DELETE FROM {schema}.deliveries d USING unnest($1::uuid[], $2::uuid[]) AS i (id, lease_token)
        WHERE d.id = i.id AND d.lease_token IS NOT DISTINCT FROM i.lease_token AND d.id = ANY ($1)
        """;

    // deliveries_pkey. Rows that are being recorded right now need no renewal, and waiting for them could be a deadlock.
    public string Renew { get; } = $"""
        WITH held AS MATERIALIZED (
            SELECT d.id
            FROM unnest($1::uuid[], $2::uuid[]) AS i (id, lease_token)
            JOIN {schema}.deliveries d ON d.id = i.id AND d.lease_token IS NOT DISTINCT FROM i.lease_token AND d.id = ANY ($1)
            FOR UPDATE OF d SKIP LOCKED
        )
        UPDATE {schema}.deliveries d SET due_at = {now} + $3 * interval '1 microsecond'
        WHERE d.id = ANY (ARRAY(SELECT id FROM held))
        """;

    /// <summary>What a record's transition is called in <see cref="Record"/>.</summary>
    public const short Delivered = 0, Retry = 1, Failed = 2, Released = 3;

    private const string RecordInput = """
        unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bigint[], $5::smallint[], $6::text[], $7::text[], $8::timestamptz[], $9::text[],
                $10::text[], $11::text[], $12::int[], $13::timestamptz[], $14::bigint[], $15::int[], $16::smallint[], $17::text[], $18::text[],
                $19::bytea[], $20::text[]) WITH ORDINALITY
                AS i (id, lease_token, transition, delay, reason, event_id, event_type, event_created_at, tenant_id,
                subscription_id, subscription_name, number, started_at, duration, status_code, error, error_message, response_headers,
                response_body, retry_after, place)
        """;

    // deliveries_pkey twice: each row is written only while it holds the token. Everything in one statement: either all of it is recorded or none.
    public string Record { get; } = $"""
        WITH input AS MATERIALIZED (
            SELECT * FROM {RecordInput}
        ), removed AS (
            DELETE FROM {schema}.deliveries d USING input i
            WHERE d.id = i.id AND d.lease_token IS NOT DISTINCT FROM i.lease_token AND d.id = ANY ($1) AND i.transition IN ({Delivered}, {Failed})
            RETURNING i.*, d.event_stored_at, d.sequence, d.attempts, d.fifo
        ), put_back AS (
            UPDATE {schema}.deliveries d SET
                due_at = {now} + i.delay * interval '1 microsecond',
                lease_token = NULL,
                attempts = d.attempts + CASE WHEN i.transition = {Retry} THEN 1 ELSE 0 END
            FROM input i
            WHERE d.id = i.id AND d.lease_token IS NOT DISTINCT FROM i.lease_token AND d.id = ANY ($1) AND i.transition IN ({Retry}, {Released})
            RETURNING i.*, d.event_stored_at, d.sequence, d.attempts, d.fifo
        ), applied AS (
            SELECT * FROM removed UNION ALL SELECT * FROM put_back
        ), given_up AS (
            INSERT INTO {schema}.failed_deliveries
                (id, event_id, event_stored_at, event_type, event_created_at, tenant_id, subscription_id, subscription_name,
                 sequence, attempts, reason, completed_at, fifo)
            SELECT id, event_id, event_stored_at, event_type, event_created_at, tenant_id, subscription_id, subscription_name,
                sequence, attempts + CASE WHEN started_at IS NULL THEN 0 ELSE 1 END, reason, {now}, fifo
            FROM removed WHERE transition = {Failed}
            ON CONFLICT (id) DO UPDATE SET attempts = excluded.attempts, reason = excluded.reason, completed_at = excluded.completed_at,
                sequence = excluded.sequence
        ), logged AS (
            INSERT INTO {schema}.attempts
                (logged_at, delivery_id, delivery_sequence, event_id, event_type, event_created_at, event_stored_at, tenant_id,
                 subscription_id, subscription_name, number, started_at, duration, status_code, error, error_message, response_headers,
                 response_body, retry_after, outcome, retry_delay, is_test, is_final, fifo)
            SELECT {now}, id, sequence, event_id, event_type, event_created_at, event_stored_at, tenant_id,
                subscription_id, subscription_name, number, started_at, duration, status_code, error, error_message, response_headers,
                nullif(response_body, ''), retry_after,
                CASE transition WHEN {Delivered} THEN {(int)DeliveryState.Delivered} WHEN {Failed} THEN {(int)DeliveryState.Failed} ELSE {(int)DeliveryState.Pending} END,
                CASE transition WHEN {Retry} THEN delay END, false, transition = {Delivered}, fifo
            FROM applied WHERE started_at IS NOT NULL
            ORDER BY place
        )
        SELECT place, fifo FROM applied
        """;

    // The same for what was delivered without anything to say about it, as nearly all is. deliveries_pkey
    public string RecordDelivered { get; } = $"""
        WITH removed AS (
            DELETE FROM {schema}.deliveries d
            USING unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::int[], $6::timestamptz[], $7::bigint[], $8::int[], $9::text[], $10::bytea[])
                AS i (id, lease_token, event_type, event_created_at, number, started_at, duration, status_code, response_headers, response_body)
            WHERE d.id = i.id AND d.lease_token IS NOT DISTINCT FROM i.lease_token AND d.id = ANY ($1)
            RETURNING i.*, d.sequence, d.event_id, d.event_stored_at, d.tenant_id, d.subscription_id, d.subscription_name, d.fifo
        )
        INSERT INTO {schema}.attempts
            (logged_at, delivery_id, delivery_sequence, event_id, event_type, event_created_at, event_stored_at, tenant_id,
             subscription_id, subscription_name, number, started_at, duration, status_code, error, response_headers,
             response_body, outcome, is_test, is_final, fifo)
        SELECT {now}, id, sequence, event_id, event_type, event_created_at, event_stored_at, tenant_id,
            subscription_id, subscription_name, number, started_at, duration, status_code, 0, response_headers,
            nullif(response_body, ''), {(int)DeliveryState.Delivered}, false, true, fifo
        FROM removed
        RETURNING delivery_id, fifo
        """;

    // No index is read: a lost lease leaves its line in the log and nothing else. No outcome says that it led to nothing.
    public string LogLost { get; } = $"""
        INSERT INTO {schema}.attempts
            (logged_at, delivery_id, delivery_sequence, event_id, event_type, event_created_at, tenant_id, subscription_id, subscription_name,
             number, started_at, duration, status_code, error, error_message, response_headers, response_body, retry_after, is_test, is_final, fifo)
        SELECT {now}, id, 0, event_id, event_type, event_created_at, tenant_id, subscription_id, subscription_name,
            number, started_at, duration, status_code, error, error_message, response_headers, nullif(response_body, ''), retry_after, false, false, false
        FROM {RecordInput}
        WHERE started_at IS NOT NULL
        """;

    // attempts_pkey; asked only when a record was repeated because its answer was lost
    public string FindRecorded { get; } = $"""
        SELECT i.place
        FROM unnest($1::uuid[], $2::timestamptz[]) WITH ORDINALITY AS i (id, started_at, place)
        WHERE EXISTS (
            SELECT FROM {schema}.attempts a
            WHERE a.delivery_id = i.id AND a.started_at = i.started_at AND a.outcome IS NOT NULL)
        """;

    // No index is read.
    public string LogTest { get; } = $"""
        INSERT INTO {schema}.attempts
            (logged_at, delivery_id, delivery_sequence, event_id, event_type, event_created_at, tenant_id, subscription_id, number, started_at,
             duration, status_code, error, error_message, response_headers, response_body, retry_after, outcome, retry_delay, is_test, is_final, fifo)
        VALUES ({now}, $1, 0, $2, $3, $7, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, false, false)
        """;

    // deliveries_subscription, $3 at a time; deliveries_pkey. What is leased stays with whoever holds it.
    public string FailPending { get; } = $"""
        WITH waiting AS MATERIALIZED (
            SELECT id FROM {schema}.deliveries
            WHERE subscription_id = $1 AND lease_token IS NULL
            LIMIT $3
            FOR UPDATE SKIP LOCKED
        ), removed AS (
            DELETE FROM {schema}.deliveries d WHERE d.id = ANY (ARRAY(SELECT id FROM waiting)) RETURNING d.*
        ), given_up AS (
            INSERT INTO {schema}.failed_deliveries
                (id, event_id, event_stored_at, event_type, event_created_at, tenant_id, subscription_id, subscription_name,
                 sequence, attempts, reason, completed_at, fifo)
            SELECT r.id, r.event_id, r.event_stored_at, coalesce(e.type, ''), coalesce(e.created_at, r.event_stored_at), r.tenant_id,
                r.subscription_id, r.subscription_name, r.sequence, r.attempts, $2, {now}, r.fifo
            FROM removed r LEFT JOIN {schema}.events e ON e.id = r.event_id AND e.stored_at = r.event_stored_at   -- events_pkey
            ON CONFLICT (id) DO NOTHING
        )
        SELECT count(*) FROM removed
        """;

    // deliveries_pkey
    public string Release { get; } = $"""
        UPDATE {schema}.deliveries d SET due_at = {now}, lease_token = NULL
        FROM unnest($1::uuid[], $2::uuid[]) AS i (id, lease_token)
        WHERE d.id = i.id AND d.lease_token IS NOT DISTINCT FROM i.lease_token AND d.id = ANY ($1)
        """;

    // The two differ in how rows are joined, and each says both: they may follow each other in one transaction.
    private static string Settings(string nestedLoops, string hashJoins) => $"""
        SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true),
               set_config('enable_hashjoin', '{hashJoins}', true), set_config('enable_mergejoin', 'off', true), set_config('enable_nestloop', '{nestedLoops}', true),
               set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)
        """;
}

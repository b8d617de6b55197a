namespace Webhooks.Sdk.PostgreSql.Schema;

/// <summary>
/// The first version of the tables. Ids are compared byte by byte (collation "C"): faster, and an upgrade of the system's locales cannot
/// break an index. A script that has been released is never edited: what changes is a new version.
/// </summary>
internal static class Version1
{
    public static string Sql(string schema) => $"""
        CREATE SEQUENCE {schema}.event_sequence;
        CREATE SEQUENCE {schema}.delivery_sequence;
        CREATE SEQUENCE {schema}.attempt_sequence;

        -- What was published. A day is a partition, so that retention drops tables instead of deleting rows.
        CREATE TABLE {schema}.events (
            id           text COLLATE "C" NOT NULL,
            stored_at    timestamptz      NOT NULL,
            sequence     bigint           NOT NULL DEFAULT nextval('{schema}.event_sequence'),
            type         text COLLATE "C" NOT NULL,
            tenant_id    text COLLATE "C" NOT NULL,
            tenant_name  text,
            created_at   timestamptz      NOT NULL,
            data         bytea            NOT NULL,
            trace_parent text,
            target_count integer          NOT NULL,
            CONSTRAINT events_pkey PRIMARY KEY (id, stored_at)
        ) PARTITION BY RANGE (stored_at);
        CREATE INDEX events_tenant ON {schema}.events (tenant_id, stored_at, sequence);
        CREATE TABLE {schema}.events_default PARTITION OF {schema}.events DEFAULT;

        -- A partitioned table cannot hold a key that is unique over all partitions, so the keys stand here. The token says whose publication
        -- it was: one whose commit was not acknowledged recognises its own rows when it is repeated.
        CREATE TABLE {schema}.event_keys (
            id            text COLLATE "C" NOT NULL,
            stored_at     timestamptz      NOT NULL,
            publish_token uuid             NOT NULL,
            CONSTRAINT event_keys_pkey PRIMARY KEY (id)
        );

        -- The active queue: thin, and what is delivered leaves it. The due time is the lease: while a token is set it is when the lease ends.
        CREATE TABLE {schema}.deliveries (
            id                uuid             NOT NULL,
            event_id          text COLLATE "C" NOT NULL,
            event_stored_at   timestamptz      NOT NULL,
            tenant_id         text COLLATE "C" NOT NULL,
            subscription_id   text COLLATE "C" NOT NULL,
            subscription_name text,
            due_at            timestamptz      NOT NULL,
            lease_token       uuid,
            sequence          bigint           NOT NULL DEFAULT nextval('{schema}.delivery_sequence'),
            attempts          integer          NOT NULL DEFAULT 0,
            fifo              boolean          NOT NULL,
            CONSTRAINT deliveries_pkey PRIMARY KEY (id)
        ) WITH (
            fillfactor = 85, autovacuum_vacuum_cost_delay = 0,
            autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000,
            autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 5000
        );
        CREATE INDEX deliveries_due ON {schema}.deliveries (due_at) WHERE NOT fifo;
        -- "fifo::integer = 0" says the same as "NOT fifo" and "sequence + 0" the same as "sequence", in words that the planner does not equate: a
        -- query chooses its index by its words, whatever the statistics say.
        CREATE INDEX deliveries_subscription_due ON {schema}.deliveries (subscription_id, due_at, sequence) WHERE fifo::integer = 0;
        CREATE INDEX deliveries_fifo ON {schema}.deliveries (subscription_id, sequence) WHERE fifo;
        CREATE INDEX deliveries_fifo_leased ON {schema}.deliveries (subscription_id) WHERE fifo AND lease_token IS NOT NULL;
        CREATE INDEX deliveries_sequence ON {schema}.deliveries ((sequence + 0));
        CREATE INDEX deliveries_tenant ON {schema}.deliveries (tenant_id, sequence);
        CREATE INDEX deliveries_subscription ON {schema}.deliveries (subscription_id, sequence);

        CREATE TABLE {schema}.failed_deliveries (
            id                uuid             NOT NULL,
            event_id          text COLLATE "C" NOT NULL,
            event_stored_at   timestamptz      NOT NULL,
            event_type        text COLLATE "C" NOT NULL,
            event_created_at  timestamptz      NOT NULL,
            tenant_id         text COLLATE "C" NOT NULL,
            subscription_id   text COLLATE "C" NOT NULL,
            subscription_name text,
            sequence          bigint           NOT NULL,
            attempts          integer          NOT NULL,
            reason            smallint         NOT NULL,
            completed_at      timestamptz      NOT NULL,
            fifo              boolean          NOT NULL,
            CONSTRAINT failed_deliveries_pkey PRIMARY KEY (id)
        );
        CREATE INDEX failed_deliveries_sequence ON {schema}.failed_deliveries ((sequence + 0));
        CREATE INDEX failed_deliveries_tenant ON {schema}.failed_deliveries (tenant_id, sequence);
        CREATE INDEX failed_deliveries_subscription ON {schema}.failed_deliveries (subscription_id, sequence);
        CREATE INDEX failed_deliveries_event ON {schema}.failed_deliveries (event_id);
        CREATE INDEX failed_deliveries_completed ON {schema}.failed_deliveries (completed_at);

        -- The log. An attempt that delivered is all that remains of a delivery, so it also holds what a resend needs.
        CREATE TABLE {schema}.attempts (
            sequence          bigint           NOT NULL DEFAULT nextval('{schema}.attempt_sequence'),
            logged_at         timestamptz      NOT NULL,
            delivery_id       uuid             NOT NULL,
            delivery_sequence bigint           NOT NULL,
            event_id          text COLLATE "C" NOT NULL,
            event_type        text COLLATE "C" NOT NULL,
            event_created_at  timestamptz      NOT NULL,
            event_stored_at   timestamptz,
            tenant_id         text COLLATE "C" NOT NULL,
            subscription_id   text COLLATE "C" NOT NULL,
            subscription_name text,
            number            integer          NOT NULL,
            started_at        timestamptz      NOT NULL,
            duration          bigint           NOT NULL,
            status_code       integer          NOT NULL,
            error             smallint         NOT NULL,
            error_message     text,
            response_headers  text,
            response_body     bytea,
            retry_after       text,
            outcome           smallint,
            retry_delay       bigint,
            is_test           boolean          NOT NULL,
            is_final          boolean          NOT NULL,
            fifo              boolean          NOT NULL,
            CONSTRAINT attempts_pkey PRIMARY KEY (delivery_id, sequence, logged_at)
        ) PARTITION BY RANGE (logged_at);
        COMMENT ON COLUMN {schema}.attempts.duration IS 'microseconds, like retry_delay';
        COMMENT ON COLUMN {schema}.attempts.is_final IS 'the delivery was delivered by this attempt and has not been sent again since';
        CREATE INDEX attempts_sequence ON {schema}.attempts ((sequence + 0));
        CREATE INDEX attempts_tenant ON {schema}.attempts (tenant_id, sequence);
        CREATE INDEX attempts_subscription ON {schema}.attempts (subscription_id, sequence);
        CREATE INDEX attempts_event ON {schema}.attempts (event_id, sequence);
        CREATE INDEX attempts_delivered ON {schema}.attempts ((delivery_sequence + 0)) WHERE is_final;
        CREATE INDEX attempts_delivered_tenant ON {schema}.attempts (tenant_id, delivery_sequence) WHERE is_final;
        CREATE INDEX attempts_delivered_subscription ON {schema}.attempts (subscription_id, delivery_sequence) WHERE is_final;
        CREATE TABLE {schema}.attempts_default PARTITION OF {schema}.attempts DEFAULT;

        -- Every change of a subscription takes the next number while it holds this row: numbers become visible in their order, so a node that
        -- has seen one has seen all before it.
        CREATE TABLE {schema}.subscription_changes (
            last_change bigint NOT NULL
        );
        INSERT INTO {schema}.subscription_changes VALUES (0);

        CREATE TABLE {schema}.subscriptions (
            id                   text COLLATE "C"   NOT NULL,
            sequence             bigint             NOT NULL GENERATED BY DEFAULT AS IDENTITY,
            change               bigint             NOT NULL,
            tenant_id            text COLLATE "C"   NOT NULL,
            name                 text,
            description          text,
            url                  text               NOT NULL,
            event_types          text[]             NOT NULL,
            profile              text               NOT NULL,
            secrets              jsonb              NOT NULL,
            headers              jsonb              NOT NULL,
            max_per_second       double precision,
            ordering             smallint           NOT NULL,
            state                smallint           NOT NULL,
            state_reason         text,
            state_changed_at     timestamptz        NOT NULL,
            version              bigint             NOT NULL,
            created_at           timestamptz        NOT NULL,
            updated_at           timestamptz        NOT NULL,
            failing_since        timestamptz,
            failed_attempts      integer            NOT NULL DEFAULT 0,
            exhausted_deliveries integer            NOT NULL DEFAULT 0,
            CONSTRAINT subscriptions_pkey PRIMARY KEY (id)
        ) WITH (fillfactor = 80);
        CREATE INDEX subscriptions_change ON {schema}.subscriptions (change);
        CREATE INDEX subscriptions_sequence ON {schema}.subscriptions (sequence);
        CREATE INDEX subscriptions_tenant ON {schema}.subscriptions (tenant_id, sequence);
        CREATE INDEX subscriptions_state ON {schema}.subscriptions (state, sequence);

        -- So that the other nodes learn of a removal. Forgotten after a day; a node that slept longer reads everything anew.
        CREATE TABLE {schema}.deleted_subscriptions (
            change     bigint           NOT NULL,
            id         text COLLATE "C" NOT NULL,
            deleted_at timestamptz      NOT NULL,
            CONSTRAINT deleted_subscriptions_pkey PRIMARY KEY (change)
        );
        """;
}

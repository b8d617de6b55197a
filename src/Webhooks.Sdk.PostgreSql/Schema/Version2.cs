namespace Webhooks.Sdk.PostgreSql.Schema;

/// <summary>The second version: what has been received.</summary>
internal static class Version2
{
    public static string Sql(string schema) => $"""
        -- Which messages have arrived. A handled one keeps its id and nothing else; one that was only begun, to be handled while its sender
        -- waits, has no body. The due time is the lease: while a token is set it is when the lease ends.
        CREATE TABLE {schema}.inbox (
            receiver    text COLLATE "C" NOT NULL,
            sender      text COLLATE "C" NOT NULL,
            message_id  text COLLATE "C" NOT NULL,
            state       smallint         NOT NULL,
            due_at      timestamptz      NOT NULL,
            lease_token uuid,
            attempts    integer          NOT NULL,
            changed_at  timestamptz      NOT NULL,
            reason      text,
            type        text,
            headers     text,
            body        bytea,
            CONSTRAINT inbox_pkey PRIMARY KEY (receiver, sender, message_id)
        );
        COMMENT ON COLUMN {schema}.inbox.state IS '0 waiting, 1 handled, 2 given up';
        COMMENT ON COLUMN {schema}.inbox.changed_at IS 'when it came, then when it was handled or given up';
        CREATE INDEX inbox_due ON {schema}.inbox (due_at) WHERE state = 0 AND body IS NOT NULL;
        CREATE INDEX inbox_changed ON {schema}.inbox (changed_at);
        CREATE INDEX inbox_given_up ON {schema}.inbox (receiver, changed_at) WHERE state = 2;
        """;
}

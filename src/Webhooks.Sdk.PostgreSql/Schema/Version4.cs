namespace Webhooks.Sdk.PostgreSql.Schema;

/// <summary>
/// The fourth version: an index holds only the rows that are looked for by it. What is leased, as everything is that goes by hand, stands in two
/// indexes instead of six; an event's attempts are found by the time in front of their deliveries' ids.
/// </summary>
internal static class Version4
{
    public static string Sql(string schema) => $"""
        -- What waits to be claimed. A lease that has ended is put back before a claim looks.
        DROP INDEX {schema}.deliveries_due, {schema}.deliveries_subscription_due, {schema}.deliveries_sequence, {schema}.deliveries_tenant,
            {schema}.deliveries_subscription;
        CREATE INDEX deliveries_due ON {schema}.deliveries (due_at) WHERE NOT fifo AND lease_token IS NULL;
        CREATE INDEX deliveries_subscription_due ON {schema}.deliveries (subscription_id, due_at, sequence) WHERE fifo::integer = 0 AND lease_token IS NULL;
        CREATE INDEX deliveries_sequence ON {schema}.deliveries ((sequence + 0)) WHERE lease_token IS NULL;
        CREATE INDEX deliveries_tenant ON {schema}.deliveries (tenant_id, sequence) WHERE lease_token IS NULL;
        CREATE INDEX deliveries_subscription ON {schema}.deliveries (subscription_id, sequence) WHERE lease_token IS NULL;

        -- What is leased: as much as the nodes have in hand.
        CREATE INDEX deliveries_leased ON {schema}.deliveries (due_at) WHERE lease_token IS NOT NULL;

        -- The id of a test's delivery says nothing of its event.
        DROP INDEX {schema}.attempts_event;
        CREATE INDEX attempts_test_event ON {schema}.attempts (event_id, sequence) WHERE is_test;
        """;
}

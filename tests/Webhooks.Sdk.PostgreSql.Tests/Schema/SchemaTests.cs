using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Schema;
using Webhooks.Sdk.PostgreSql.Tests.Support;
using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.PostgreSql.Tests.Schema;

public sealed class SchemaTests : DeliveryConformance<PostgreSqlFixture>
{
    [Fact]
    public async Task A_host_may_run_the_script_itself()
    {
        var script = PostgreSqlSchema.Script(new PostgreSqlOptions { Schema = Fixture.Schema });
        await Fixture.ExecuteAsync(script);
        await Fixture.ExecuteAsync(script); // again: nothing happens
        var node = Fixture.OpenNode(o => o.CreateSchema = false);

        (await node.Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], null, Cancel)).Should().Equal(true);
    }

    [Fact]
    public async Task A_host_that_forgot_the_script_is_told_so_and_may_catch_up()
    {
        var node = Fixture.OpenNode(o => o.CreateSchema = false);
        var enqueue = async () => await node.Deliveries.EnqueueAsync([To(Sample.Event(), "s1")], null, Cancel);

        (await enqueue.Should().ThrowAsync<WebhookException>()).WithMessage("*PostgreSqlSchema.Script(options)*CreateSchema*");

        await Deliveries.GetBacklogAsync(Cancel);
        (await enqueue()).Should().Equal(true);
    }

    [Fact]
    public async Task Tables_of_the_first_version_are_brought_up_to_date_with_what_they_hold()
    {
        await Fixture.ExecuteAsync($"""
            CREATE TABLE {Fixture.Schema}.schema_versions (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
            {SchemaScript.Versions[0](Fixture.Schema)}
            INSERT INTO {Fixture.Schema}.schema_versions (version) VALUES (1);
            INSERT INTO {Fixture.Schema}.events (id, stored_at, type, tenant_id, created_at, data, target_count)
                SELECT e, '2026-01-01 12:00+00', 't', 'tenant', '2026-01-01 12:00+00', '1', 1 FROM unnest(ARRAY['waiting', 'leased']) e;
            INSERT INTO {Fixture.Schema}.event_keys SELECT id, stored_at, gen_random_uuid() FROM {Fixture.Schema}.events;
            INSERT INTO {Fixture.Schema}.deliveries (id, event_id, event_stored_at, tenant_id, subscription_id, due_at, lease_token, fifo)
                SELECT gen_random_uuid(), id, stored_at, tenant_id, 's1', now() + CASE id WHEN 'leased' THEN interval '1 minute' ELSE '0' END,
                    CASE id WHEN 'leased' THEN gen_random_uuid() END, false
                FROM {Fixture.Schema}.events;
            """);

        (await Fixture.Inbox.BeginAsync(new("/hooks", "", "msg_1"), Lease, Cancel)).State.Should().Be(InboxState.New);

        (await ClaimOneAsync()).Event.Id.Should().Be("waiting");
        (await ListAsync(new DeliveryQuery { SubscriptionId = "s1" })).Should().HaveCount(2);
        await Fixture.AdvanceAsync(Lease);
        (await ClaimAsync()).Select(c => c.Event.Id).Should().BeEquivalentTo("waiting", "leased");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Webhooks")]
    [InlineData("web\"hooks")]
    [InlineData("pg_webhooks")]
    [InlineData("a2345678901234567890123456789012345678901")]
    public void A_name_that_would_need_care_is_refused(string schema)
    {
        var script = () => PostgreSqlSchema.Script(new PostgreSqlOptions { Schema = schema });

        script.Should().Throw<WebhookException>().WithMessage("*PostgreSqlOptions.Schema*");
    }
}

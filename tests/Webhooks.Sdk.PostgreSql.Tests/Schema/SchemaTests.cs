using Webhooks.Sdk.Conformance.Deliveries;
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
        var published = await PublishAsync("s1");
        await Fixture.ExecuteAsync($"DROP TABLE {Fixture.Schema}.inbox, {Fixture.Schema}.attempt_summaries, {Fixture.Schema}.attempt_summary_state; DELETE FROM {Fixture.Schema}.schema_versions WHERE version > 1");
        await Fixture.CrashAsync();

        (await Fixture.Inbox.BeginAsync(new("/hooks", "", "msg_1"), Lease, Cancel)).State.Should().Be(InboxState.New);

        (await ClaimOneAsync()).Event.Id.Should().Be(published.Id);
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

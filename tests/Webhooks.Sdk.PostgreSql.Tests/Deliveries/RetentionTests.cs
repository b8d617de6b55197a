using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

public sealed class RetentionTests : DeliveryConformance<PostgreSqlFixture>
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(30);

    [Fact]
    public async Task A_day_that_is_old_goes_as_a_whole_with_its_keys()
    {
        await PublishAsync("s1");
        await MakeOldDayAsync("20200101", "2020-01-01", "2020-01-02", events: 25, attempts: 40);

        (await Deliveries.PurgeAsync(Age, Cancel)).Should().Be(65);

        (await ExistsAsync("events_20200101")).Should().BeFalse();
        (await ExistsAsync("attempts_20200101")).Should().BeFalse();
        (await Fixture.ReadAsync<long>($"SELECT count(*) FROM {Fixture.Schema}.event_keys")).Should().Be(1);
        await ClaimOneAsync();
    }

    [Fact]
    public async Task A_day_that_something_pending_needs_stays_without_the_rest()
    {
        await PublishAsync("s1");
        await MakeOldDayAsync("20200101", "2020-01-01", "2020-01-02", events: 25, attempts: 0);
        await Fixture.ExecuteAsync($"UPDATE {Fixture.Schema}.deliveries SET event_id = 'old-7', event_stored_at = '2020-01-01 12:00+00'");

        (await Deliveries.PurgeAsync(Age, Cancel)).Should().Be(24);

        (await ExistsAsync("events_20200101")).Should().BeTrue();
        (await ClaimOneAsync()).Event.Id.Should().Be("old-7");
    }

    [Fact]
    public async Task What_has_no_partition_is_stored_all_the_same_and_purged()
    {
        await Deliveries.GetBacklogAsync(Cancel);
        await Fixture.ExecuteAsync($"""
            DO $$ DECLARE t record; BEGIN
            FOR t IN SELECT inhrelid::regclass AS name FROM pg_inherits WHERE inhparent IN ('{Fixture.Schema}.events'::regclass, '{Fixture.Schema}.attempts'::regclass)
                AND inhrelid::regclass::text NOT LIKE '%default' LOOP EXECUTE 'DROP TABLE ' || t.name; END LOOP; END $$
            """);

        await DeliverOneAsync("s1");

        (await Fixture.ReadAsync<long>($"SELECT count(*) FROM {Fixture.Schema}.events_default")).Should().Be(1);
        await Fixture.AdvanceAsync(Age + TimeSpan.FromHours(1));
        (await Deliveries.PurgeAsync(Age, Cancel)).Should().Be(2);
    }

    [Fact]
    public async Task Partitions_are_made_ahead()
    {
        await Fixture.OpenNode(o => o.PartitionDaysAhead = 3).Database.ReadyAsync(Cancel);

        (await Fixture.ReadAsync<long>(
            $"SELECT count(*) FROM pg_inherits WHERE inhparent = '{Fixture.Schema}.attempts'::regclass AND inhrelid::regclass::text ~ '_20[0-9]+$'"))
            .Should().BeGreaterThanOrEqualTo(4, "today and three more");
    }

    private async Task MakeOldDayAsync(string name, string from, string to, int events, int attempts) => await Fixture.ExecuteAsync($"""
        CREATE TABLE {Fixture.Schema}.events_{name} PARTITION OF {Fixture.Schema}.events FOR VALUES FROM ('{from} 00:00+00') TO ('{to} 00:00+00');
        CREATE TABLE {Fixture.Schema}.attempts_{name} PARTITION OF {Fixture.Schema}.attempts FOR VALUES FROM ('{from} 00:00+00') TO ('{to} 00:00+00');
        INSERT INTO {Fixture.Schema}.events (id, stored_at, type, tenant_id, created_at, data, target_count)
            SELECT 'old-' || i, '{from} 12:00+00', 't', 'tenant', '{from} 12:00+00', '1', 1 FROM generate_series(1, {events}) i;
        INSERT INTO {Fixture.Schema}.event_keys SELECT id, stored_at, gen_random_uuid() FROM {Fixture.Schema}.events_{name};
        INSERT INTO {Fixture.Schema}.attempts
            (logged_at, delivery_id, delivery_sequence, event_id, event_type, event_created_at, tenant_id, subscription_id, number, started_at,
             duration, status_code, error, is_test, is_final, fifo)
            SELECT '{from} 12:00+00', gen_random_uuid(), i, 'old-' || i, 't', now(), 'tenant', 's', 1, now(), 1, 200, 0, false, true, false
            FROM generate_series(1, {attempts}) i;
        """);

    private ValueTask<bool> ExistsAsync(string table) => Fixture.ReadAsync<bool>($"SELECT to_regclass('{Fixture.Schema}.{table}') IS NOT NULL");
}

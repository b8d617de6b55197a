using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class SqliteSchemaTests : DeliveryConformance<SqliteFixture>
{
    [Fact]
    public async Task A_host_may_run_the_script_itself_even_twice()
    {
        Fixture.Configure = o => (o.ManageSchema, o.TablePrefix) = (false, "hooks_");
        Execute(SqliteSchema.Script("hooks_"));
        Execute(SqliteSchema.Script("hooks_"));

        await PublishAsync("s1");

        await ClaimOneAsync();
        Tables().Should().Contain("hooks_events").And.NotContain("webhook_events");
    }

    [Fact]
    public async Task Without_the_script_the_error_names_it()
    {
        Fixture.Configure = o => o.ManageSchema = false;

        (await FluentActions.Awaiting(() => PublishAsync("s1").AsTask()).Should().ThrowAsync<WebhookException>())
            .WithMessage($"*{Fixture.FileName}*SqliteSchema.Script*ManageSchema*");
    }

    [Fact]
    public async Task Tables_of_a_newer_version_are_left_alone()
    {
        await PublishAsync("s1");
        Execute("UPDATE webhook_meta SET value = 99 WHERE name = 'schema'");
        await Fixture.CrashAsync();

        (await FluentActions.Awaiting(() => PublishAsync("s1").AsTask()).Should().ThrowAsync<WebhookException>()).WithMessage("*version 99*newer*");
    }

    [Fact]
    public async Task Tables_of_the_first_version_are_brought_up_to_date_with_what_they_hold()
    {
        var published = await PublishAsync("s1");
        Execute("DROP TABLE webhook_inbox; UPDATE webhook_meta SET value = 1 WHERE name = 'schema'");
        await Fixture.CrashAsync();

        (await Fixture.Inbox.BeginAsync(new("/hooks", "", "msg_1"), Lease, Cancel)).State.Should().Be(InboxState.New);

        (await ClaimOneAsync()).Event.Id.Should().Be(published.Id);
        using var command = Fixture.OpenConnection().CreateCommand();
        command.CommandText = "SELECT value FROM webhook_meta WHERE name = 'schema'";
        command.ExecuteScalar().Should().Be((long)SqliteSchema.Version);
    }

    [Fact]
    public void A_receivers_options_are_checked_when_they_are_given() =>
        FluentActions.Invoking(() => new ServiceCollection().AddWebhookReceiver(r => r.UseSqlite("Data Source=:memory:")))
            .Should().Throw<OptionsValidationException>().WithMessage("*in memory*");

    [Fact]
    public async Task The_hosts_own_tables_and_its_version_stay_as_they_are()
    {
        Execute("CREATE TABLE events (id INTEGER); PRAGMA user_version = 42");

        await PublishAsync("s1");

        Execute("INSERT INTO events VALUES (1)");
        using var command = Fixture.OpenConnection().CreateCommand();
        command.CommandText = "PRAGMA user_version";
        command.ExecuteScalar().Should().Be(42L);
    }

    [Fact]
    public async Task Two_prefixes_share_a_file_and_nothing_else()
    {
        await PublishAsync("s1");
        Fixture.Configure = o => o.TablePrefix = "second_";
        var (second, _) = await Fixture.OpenNodeAsync();

        (await second.ClaimAsync(new ClaimRequest { MaxCount = 1, MaxPerSubscription = 1, Lease = Lease }, Cancel)).Should().BeEmpty();
        await ClaimOneAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st_")]
    [InlineData("x; DROP TABLE y --")]
    [InlineData("ä_")]
    [InlineData("sqlite_")]
    [InlineData("SQLite_x")]
    [InlineData("an_unreasonably_long_prefix_of_the_tables_")]
    public void A_prefix_that_is_no_name_is_refused(string prefix)
    {
        FluentActions.Invoking(() => SqliteSchema.Script(prefix)).Should().Throw<WebhookException>();
        Refusals("Data Source=x.db", o => o.TablePrefix = prefix).Should().ContainSingle().Which.Should().Contain("TablePrefix");
    }

    [Theory]
    [InlineData("Data Source=:memory:", "in memory")]
    [InlineData("Data Source=x;Mode=Memory;Cache=Shared", "in memory")]
    [InlineData("Data Source=file:x?mode=memory", "in memory")]
    [InlineData("", "names no file")]
    [InlineData("Data Source=x.db;Mode=ReadOnly", "ReadOnly")]
    [InlineData("Host=localhost;Database=x", "host")]
    public void A_connection_string_that_cannot_be_right_is_refused_with_what_to_do(string connectionString, string message) =>
        Refusals(connectionString, _ => { }).Should().ContainSingle().Which.Should().Contain(message);

    [Fact]
    public void A_busy_timeout_out_of_reach_is_refused() =>
        Refusals("Data Source=x.db", o => o.BusyTimeout = TimeSpan.FromHours(1)).Should().ContainSingle().Which.Should().Contain("BusyTimeout");

    [Fact]
    public async Task Both_stores_win_over_the_defaults_wherever_UseSqlite_stands()
    {
        await using var services = new ServiceCollection().AddWebhooks(w => w.UseSqlite("Data Source=x.db")).Services.AddWebhooks().Services.BuildServiceProvider();

        services.GetRequiredService<IWebhookDeliveryStore>().GetType().Name.Should().Be("SqliteDeliveryStore");
        services.GetRequiredService<Webhooks.Sdk.Subscriptions.IWebhookSubscriptionStore>().GetType().Name.Should().Be("SqliteSubscriptionStore");
        services.GetServices<IWebhookDeliveryStore>().Should().ContainSingle();
    }

    private static IEnumerable<string> Refusals(string connectionString, Action<SqliteStoreOptions> configure)
    {
        using var services = new ServiceCollection().AddWebhooks(w => w.UseSqlite(connectionString, configure)).Services.BuildServiceProvider();
        return FluentActions.Invoking(() => services.GetRequiredService<IOptions<SqliteStoreOptions>>().Value)
            .Should().Throw<OptionsValidationException>().Which.Failures;
    }

    private void Execute(string sql)
    {
        using var command = Fixture.OpenConnection().CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private List<string> Tables()
    {
        var names = new List<string>();
        using var command = Fixture.OpenConnection().CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}

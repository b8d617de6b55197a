using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Tests.Support;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.PostgreSql.Tests.DependencyInjection;

public sealed class UsePostgreSqlTests : DeliveryConformance<PostgreSqlFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_replaces_both_stores_whether_it_comes_inside_AddWebhooks_or_later(bool inside)
    {
        var services = new ServiceCollection();
        var builder = services.AddWebhooks(w => _ = inside ? w.UsePostgreSql(Cluster.ConnectionString, o => o.Schema = Fixture.Schema) : w);
        _ = inside ? builder : builder.UsePostgreSql(Cluster.ConnectionString, o => o.Schema = Fixture.Schema);
        await using var provider = services.BuildServiceProvider();

        provider.GetServices<IWebhookDeliveryStore>().Should().ContainSingle();
        provider.GetServices<IWebhookSubscriptionStore>().Should().ContainSingle();
        await provider.GetRequiredService<IWebhookSubscriptions>().CreateAsync(new NewSubscription { Url = "https://example.com/hooks" }, Cancel);
        await provider.GetRequiredService<IWebhookPublisher>().PublishAsync("review.created", """{"rating":5}""", cancellationToken: Cancel);

        (await Fixture.ReadAsync<long>($"SELECT count(*) FROM {Fixture.Schema}.deliveries")).Should().Be(1);
    }

    [Fact]
    public async Task A_data_source_of_the_host_stays_the_hosts()
    {
        await using var source = NpgsqlDataSource.Create(Cluster.ConnectionString);
        await using (var provider = new ServiceCollection().AddWebhooks(w => w.UsePostgreSql(source, o => o.Schema = Fixture.Schema)).Services.BuildServiceProvider())
        {
            await provider.GetRequiredService<IWebhookDeliveryStore>().EnqueueAsync([To(Sample.Event(), "s1")], null, Cancel);
        }

        await using var command = source.CreateCommand("SELECT 1");
        (await command.ExecuteScalarAsync(Cancel)).Should().Be(1);
    }

    [Fact]
    public void Options_that_cannot_work_are_refused_where_they_are_set()
    {
        var add = () => new ServiceCollection().AddWebhooks(w => w.UsePostgreSql(Cluster.ConnectionString, o => o.EnqueueConnections = 9));

        add.Should().Throw<WebhookException>().WithMessage("*EnqueueConnections*");
    }
}

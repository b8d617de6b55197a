using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.PostgreSql;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Deliveries;
using Webhooks.Sdk.PostgreSql.Subscriptions;
using Webhooks.Sdk.Subscriptions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps webhooks in PostgreSQL.</summary>
public static class PostgreSqlWebhooksBuilderExtensions
{
    /// <summary>Keeps subscriptions, events and deliveries in a PostgreSQL database, shared by any number of nodes. Needs PostgreSQL 14 or newer.</summary>
    /// <param name="webhooks">The builder.</param>
    /// <param name="connectionString">An Npgsql connection string. The store keeps one connection to listen and uses about five more at full load.</param>
    /// <param name="configure">Sets the options.</param>
    public static WebhooksBuilder UsePostgreSql(this WebhooksBuilder webhooks, string connectionString, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);

        // The store leaves nothing behind in a session, so nothing has to be reset each time a connection goes back to the pool.
        var text = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true }.ConnectionString;
        return Use(webhooks, _ => NpgsqlDataSource.Create(text), ownsSource: true, configure);
    }

    /// <summary>Keeps subscriptions, events and deliveries in the database of a data source that the host has; it stays the host's.</summary>
    public static WebhooksBuilder UsePostgreSql(this WebhooksBuilder webhooks, NpgsqlDataSource dataSource, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return Use(webhooks, _ => dataSource, ownsSource: false, configure);
    }

    private static WebhooksBuilder Use(
        WebhooksBuilder webhooks, Func<IServiceProvider, NpgsqlDataSource> source, bool ownsSource, Action<PostgreSqlOptions>? configure)
    {
        var options = new PostgreSqlOptions();
        configure?.Invoke(options);
        options.Validate();
        webhooks.Services.Replace(ServiceDescriptor.Singleton(s =>
            new Database(source(s), ownsSource, options, TimeProvider.System, s.GetRequiredService<ILogger<Database>>())));
        webhooks.Services.Replace(ServiceDescriptor.Singleton<IWebhookSubscriptionStore, PostgreSqlSubscriptionStore>());
        webhooks.Services.Replace(ServiceDescriptor.Singleton<IWebhookDeliveryStore, PostgreSqlDeliveryStore>());
        return webhooks;
    }
}

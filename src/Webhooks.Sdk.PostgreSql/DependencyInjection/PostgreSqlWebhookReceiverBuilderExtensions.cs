using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.PostgreSql;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.PostgreSql.Receiving;
using Webhooks.Sdk.Receiving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Remembers received webhooks in PostgreSQL.</summary>
public static class PostgreSqlWebhookReceiverBuilderExtensions
{
    /// <summary>Remembers received messages in a PostgreSQL database, shared by any number of nodes. Needs PostgreSQL 14 or newer.</summary>
    /// <param name="receiver">What <c>AddWebhookReceiver</c> gives.</param>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="configure">Sets the options.</param>
    public static WebhookReceiverBuilder UsePostgreSql(this WebhookReceiverBuilder receiver, string connectionString, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return Use(receiver, () => NpgsqlDataSource.Create(connectionString), ownsSource: true, configure);
    }

    /// <summary>Remembers received messages in the database of a data source that the host has; it stays the host's.</summary>
    public static WebhookReceiverBuilder UsePostgreSql(this WebhookReceiverBuilder receiver, NpgsqlDataSource dataSource, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return Use(receiver, () => dataSource, ownsSource: false, configure);
    }

    private static WebhookReceiverBuilder Use(
        WebhookReceiverBuilder receiver, Func<NpgsqlDataSource> source, bool ownsSource, Action<PostgreSqlOptions>? configure)
    {
        // An inbox hears no hints.
        var options = new PostgreSqlOptions { Listen = false };
        configure?.Invoke(options);
        options.Validate();
        receiver.Services.Replace(ServiceDescriptor.Singleton<IWebhookInbox>(s => new PostgreSqlInbox(
            new Database(source(), ownsSource, options, TimeProvider.System, s.GetRequiredService<ILogger<Database>>()), ownsDatabase: true)));
        return receiver;
    }
}

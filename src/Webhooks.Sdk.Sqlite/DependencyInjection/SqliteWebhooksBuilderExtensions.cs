using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Sqlite;
using Webhooks.Sdk.Sqlite.Deliveries;
using Webhooks.Sdk.Sqlite.Files;
using Webhooks.Sdk.Sqlite.Subscriptions;
using Webhooks.Sdk.Subscriptions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps webhooks in a SQLite file.</summary>
public static class SqliteWebhooksBuilderExtensions
{
    /// <summary>
    /// Keeps subscriptions, events and deliveries in a SQLite file, durable on one machine. Several processes of that machine may share the file;
    /// several machines need PostgreSQL.
    /// </summary>
    /// <param name="webhooks">What <c>AddWebhooks</c> gives.</param>
    /// <param name="connectionString">For example <c>Data Source=webhooks.db</c>.</param>
    /// <param name="configure">Sets the rest of <see cref="SqliteStoreOptions"/>.</param>
    public static WebhooksBuilder UseSqlite(this WebhooksBuilder webhooks, string connectionString, Action<SqliteStoreOptions>? configure = null)
    {
        var services = webhooks.Services;
        services.AddOptions<SqliteStoreOptions>().Configure(o => o.ConnectionString = connectionString).ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteStoreOptions>, SqliteStoreOptionsValidator>());
        services.TryAddSingleton<SqliteDatabase>();
        services.Replace(ServiceDescriptor.Singleton<IWebhookDeliveryStore, SqliteDeliveryStore>());
        services.Replace(ServiceDescriptor.Singleton<IWebhookSubscriptionStore, SqliteSubscriptionStore>());
        return webhooks;
    }
}

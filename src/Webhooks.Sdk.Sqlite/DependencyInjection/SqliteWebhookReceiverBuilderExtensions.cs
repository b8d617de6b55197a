using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Sqlite;
using Webhooks.Sdk.Sqlite.Files;
using Webhooks.Sdk.Sqlite.Receiving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Remembers received webhooks in a SQLite file.</summary>
public static class SqliteWebhookReceiverBuilderExtensions
{
    /// <summary>
    /// Remembers received messages in a SQLite file, durable on one machine. It may be the file that <c>AddWebhooks</c> sends from, or another one:
    /// the options here are the receiver's own.
    /// </summary>
    /// <param name="receiver">What <c>AddWebhookReceiver</c> gives.</param>
    /// <param name="connectionString">For example <c>Data Source=webhooks.db</c>.</param>
    /// <param name="configure">Sets the rest of <see cref="SqliteStoreOptions"/>.</param>
    /// <exception cref="OptionsValidationException">The options cannot be right.</exception>
    public static WebhookReceiverBuilder UseSqlite(this WebhookReceiverBuilder receiver, string connectionString, Action<SqliteStoreOptions>? configure = null)
    {
        var options = new SqliteStoreOptions { ConnectionString = connectionString };
        configure?.Invoke(options);
        if (new SqliteStoreOptionsValidator().Validate(null, options) is { Failed: true } result)
        {
            throw new OptionsValidationException(nameof(SqliteStoreOptions), typeof(SqliteStoreOptions), result.Failures);
        }

        receiver.Services.Replace(ServiceDescriptor.Singleton<IWebhookInbox>(s =>
            new SqliteInbox(new SqliteDatabase(Options.Options.Create(options)), s.GetRequiredService<TimeProvider>())));
        return receiver;
    }
}

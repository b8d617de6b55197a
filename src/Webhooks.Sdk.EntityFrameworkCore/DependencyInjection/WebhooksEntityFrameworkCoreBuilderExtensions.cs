using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.EntityFrameworkCore.Outbox;
using Webhooks.Sdk.EntityFrameworkCore.Relaying;
using Webhooks.Sdk.EntityFrameworkCore.Waking;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers publishing inside the host's <see cref="DbContext"/>.</summary>
public static class WebhooksEntityFrameworkCoreBuilderExtensions
{
    /// <summary>
    /// Lets <c>db.PublishWebhook(…)</c> work on contexts of this type, and moves what they commit into the delivery store. The context is
    /// registered by <c>AddDbContext</c> (or its pool or factory) and its model calls <c>modelBuilder.AddWebhooks()</c>. Safe to call twice.
    /// </summary>
    public static WebhooksBuilder UseEntityFrameworkCore<TContext>(this WebhooksBuilder webhooks, Action<OutboxRelayOptions>? configure = null)
        where TContext : DbContext
    {
        var services = webhooks.Services;
        var relay = services.AddOptions<OutboxRelayOptions>(typeof(TContext).FullName!).ValidateOnStart();
        if (configure is not null)
        {
            relay.Configure(configure);
        }

        if (services.Any(s => s.ServiceType == typeof(OutboxSignal<TContext>)))
        {
            return webhooks;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboxRelayOptions>, OutboxRelayOptionsValidator>());
        services.TryAddSingleton<PublicationOrder>();
        services.TryAddSingleton<OutboxWriter>();
        services.TryAddSingleton<OpenTransactions>();
        services.AddSingleton<OutboxSignal<TContext>>();
        services.AddHostedService<OutboxRelayService<TContext>>();
        services.ConfigureDbContext<TContext>(static (host, options) =>
        {
            var transactions = host.GetRequiredService<OpenTransactions>();
            options.AddInterceptors(
                new OutboxSaveInterceptor(host.GetRequiredService<OutboxSignal<TContext>>(), transactions),
                new OutboxCommitInterceptor(transactions));
        });
        return webhooks;
    }
}

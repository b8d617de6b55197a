using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.EntityFrameworkCore.Outbox;
using Webhooks.Sdk.EntityFrameworkCore.Relaying;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

/// <summary>An application with Entity Framework on PostgreSQL that publishes webhooks. Polls never, unless told: what arrives was signalled.</summary>
internal sealed class ReviewHost : IAsyncDisposable
{
    private ReviewHost(IHost host) => Host = host;

    public IHost Host { get; }

    public static async Task<ReviewHost> StartAsync(
        string connectionString,
        Action<WebhooksBuilder>? webhooks = null,
        Action<OutboxRelayOptions>? relay = null,
        Action<DbContextOptionsBuilder>? context = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<ReviewDb>(options =>
        {
            options.UseNpgsql(connectionString);
            context?.Invoke(options);
        });
        builder.Services.AddWebhooks(w =>
        {
            w.AddEvent<ReviewCreated>("review-created", "A customer submits a rating or review.");
            w.AllowPrivateNetworks();
            w.UseEntityFrameworkCore<ReviewDb>(options =>
            {
                options.PollInterval = TimeSpan.FromHours(1);
                relay?.Invoke(options);
            });
            webhooks?.Invoke(w);
        });
        var host = new ReviewHost(builder.Build());
        await host.DoAsync(db => db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken));
        await host.Host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Does something in a scope of its own, as a request would.</summary>
    public async Task DoAsync(Func<ReviewDb, Task> work)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<ReviewDb>());
    }

    public Task SubscribeAsync(Receiver receiver, DeliveryOrdering ordering = DeliveryOrdering.Unordered) =>
        Host.Services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(
            new NewSubscription { TenantId = "project-42", Url = receiver.Url, Ordering = ordering }, TestContext.Current.CancellationToken).AsTask();

    public async Task<List<WebhookOutboxMessage>> OutboxAsync()
    {
        List<WebhookOutboxMessage> rows = [];
        await DoAsync(async db => rows = await db.Outbox.AsNoTracking().OrderBy(m => m.Position).ToListAsync(TestContext.Current.CancellationToken));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        Host.Dispose();
    }
}

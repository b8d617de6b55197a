using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.DashboardLoad;

/// <summary>Fills the log, publishes on, and asks for every page again and again meanwhile.</summary>
internal static class Measurement
{
    public static async Task<int> RunAsync(Settings settings, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("dashboard-load-");
        try
        {
            await using var app = await Host.StartAsync(settings, Path.Combine(folder.FullName, "webhooks.db"), cancellationToken);
            var subscriptions = app.Services.GetRequiredService<IWebhookSubscriptions>();
            var publisher = app.Services.GetRequiredService<IWebhookPublisher>();
            var deliveries = app.Services.GetRequiredService<IWebhookDeliveries>();
            for (var i = 1; i < 10; i++)
            {
                await subscriptions.CreateAsync(new NewSubscription { Url = app.Urls.First() + "/hooks", Name = $"Idle {i}", EventTypes = ["message-created"] }, cancellationToken);
            }

            var busy = (await subscriptions.CreateAsync(new NewSubscription { Url = app.Urls.First() + "/hooks", Name = "Busy" }, cancellationToken)).Subscription;

            var filling = Stopwatch.StartNew();
            await Load.PublishAsync(publisher, 0, settings.Deliveries);
            await DrainAsync(deliveries, cancellationToken);
            Console.WriteLine($"{settings.Store}: {settings.Deliveries:N0} deliveries in the log after {filling.Elapsed.TotalSeconds:N1} s. Publishing {settings.Rate:N0} a second for {settings.Duration.TotalSeconds:N0} s.");

            using var stop = new CancellationTokenSource(settings.Duration);
            var load = Load.RunAsync(publisher, settings.Rate, stop.Token);
            var pages = await Pages.OfAsync(busy, deliveries, cancellationToken);
            var times = await pages.AskAsync(app.Urls.First(), stop.Token);
            var published = await load;
            var backlog = await deliveries.GetBacklogAsync(cancellationToken);
            Console.WriteLine($"Published {published:N0} meanwhile; {backlog.Pending:N0} were waiting at the end.");
            return Report.Print(times);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task DrainAsync(IWebhookDeliveries deliveries, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await deliveries.GetBacklogAsync(cancellationToken)).Pending > 0)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}

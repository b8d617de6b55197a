using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.EntityFrameworkCore;

namespace OutboxHost;

/// <summary>
/// One process of the application: it saves reviews, every third in vain, and delivers whatever is committed, by itself or by another one.
/// Told "stop" it saves no more; it ends with its input.
/// </summary>
internal static class Worker
{
    public static async Task RunAsync(string connection, string receiverUrl)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddDbContext<ReviewDb>(options => options.UseNpgsql(connection));
        builder.Services.AddWebhooks(webhooks =>
        {
            webhooks.AddEvent<ReviewCreated>("review-created", "A customer submits a rating or review.");
            webhooks.UsePostgreSql(connection);
            webhooks.UseEntityFrameworkCore<ReviewDb>();
            webhooks.AllowPrivateNetworks(); // The receiver is on loopback.
            webhooks.ConfigureDispatch(dispatch => dispatch.Lease = TimeSpan.FromSeconds(31)); // What a killed process had in hand waits that long.
            webhooks.AddSubscription(subscription =>
            {
                subscription.Id = "reviews";
                subscription.Url = receiverUrl;
                subscription.Secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
            });
        });
        using var host = builder.Build();
        await host.StartAsync();

        // Console.In would block until there is a line.
        using var commands = new StreamReader(Console.OpenStandardInput());
        var input = commands.ReadLineAsync();
        for (var i = 0; !input.IsCompleted; i++)
        {
            await SaveAsync(host.Services, isInVain: i % 3 == 2);
        }

        await input;
        await Console.Out.WriteLineAsync("stopped");
        await commands.ReadToEndAsync();
        await host.StopAsync();
    }

    private static async Task SaveAsync(IServiceProvider services, bool isInVain)
    {
        await using var request = services.CreateAsyncScope();
        var db = request.ServiceProvider.GetRequiredService<ReviewDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();

        var review = new Review(Guid.NewGuid(), Rating: 5);
        db.Reviews.Add(review);
        db.PublishWebhook(new ReviewCreated(review.Id, review.Rating));
        await db.SaveChangesAsync();

        if (isInVain)
        {
            await transaction.RollbackAsync();
            await Console.Out.WriteLineAsync($"rolled back {review.Id}");
            return;
        }

        await transaction.CommitAsync();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

namespace Webhooks.Sdk.EntityFrameworkCore.KilledHost;

/// <summary>Through the outbox of a context.</summary>
internal sealed class EntityFrameworkWay(string database) : Way
{
    public override int Writers => 4;

    public override void AddTo(WebhooksBuilder webhooks)
    {
        webhooks.Services.AddDbContext<ReviewDb>(o => o.UseNpgsql(database));
        webhooks.UsePostgreSql(database).UseEntityFrameworkCore<ReviewDb>(o => o.PollInterval = TimeSpan.FromMilliseconds(100));
    }

    public override async Task<HashSet<int>> PrepareAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReviewDb>();
        await db.Database.EnsureCreatedAsync();
        return await db.Reviews.Select(r => r.Id).ToHashSetAsync();
    }

    public override async Task SaveAsync(IServiceProvider services, int id, Ending ending)
    {
        try
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ReviewDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Reviews.Add(new Review { Id = id, Rating = Endings.RatingOf(ending) });
            db.PublishWebhook(new ReviewCreated(id, Rating: 5), "project-42");
            await db.SaveChangesAsync();

            // Through the context: its own end of a transaction is what wakes the relay.
            await (ending == Ending.Commit ? transaction.CommitAsync() : transaction.GetDbTransaction().EndAsync(ending));
        }
        catch (Exception e) when (e is DbUpdateException or ChangedMindException)
        {
        }
    }
}

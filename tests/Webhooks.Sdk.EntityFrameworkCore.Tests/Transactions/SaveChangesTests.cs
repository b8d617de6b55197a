using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Transactions;

public sealed class SaveChangesTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_published_after_a_savepoint_goes_with_it()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync(receiver);
        await host.DoAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
            await SaveAsync(db, "before");
            await transaction.CreateSavepointAsync("here", Cancel);
            await SaveAsync(db, "between");
            await transaction.RollbackToSavepointAsync("here", Cancel);
            await SaveAsync(db, "after");
            await transaction.CommitAsync(Cancel);
        });
        await host.DoAsync(db => SaveAsync(db, "last"));

        var all = await receiver.UntilAsync(received => received.Any(r => r.Type == "last"));

        all.Select(r => r.Type).Should().Equal("before", "after", "last");
    }

    [Fact]
    public async Task A_save_that_fails_publishes_nothing_until_one_succeeds()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync(receiver);
        await host.DoAsync(async db =>
        {
            var review = new Review { Id = 1, Rating = 6 };
            db.Reviews.Add(review);
            db.PublishWebhook("review-created", "6", "project-42");
            await db.Invoking(d => d.SaveChangesAsync(Cancel)).Should().ThrowAsync<DbUpdateException>();
            (await host.OutboxAsync()).Should().BeEmpty();

            review.Rating = 5;
            await db.SaveChangesAsync(Cancel);
        });

        (await receiver.UntilAsync(1)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_saved_row_is_not_tracked_any_longer()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync(receiver);
        await host.DoAsync(async db =>
        {
            db.Reviews.Add(new Review { Id = 1 });
            await SaveAsync(db, "a");
            db.ChangeTracker.Entries().Select(e => e.Entity).Should().ContainSingle().Which.Should().BeOfType<Review>();
        });
    }

    [Fact]
    public async Task The_same_id_twice_breaks_no_transaction_and_is_delivered_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync(receiver);
        await host.DoAsync(async db =>
        {
            db.PublishWebhook(new NewWebhookEvent { Id = "order-1", Type = "a", Data = "1", TenantId = "project-42" });
            db.PublishWebhook(new NewWebhookEvent { Id = "order-1", Type = "a", Data = "1", TenantId = "project-42" });
            await db.SaveChangesAsync(Cancel);
        });
        await host.DoAsync(async db =>
        {
            db.PublishWebhook(new NewWebhookEvent { Id = "order-1", Type = "a", Data = "1", TenantId = "project-42" });
            await SaveAsync(db, "last");
        });

        var all = await receiver.UntilAsync(received => received.Any(r => r.Type == "last"));

        all.Select(r => r.Type).Should().Equal("a", "last");
    }

    [Fact]
    public async Task Events_go_in_the_order_in_which_they_were_published()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync(receiver);
        await host.DoAsync(async db =>
        {
            for (var i = 0; i < 250; i++)
            {
                db.PublishWebhook("a", $"{i}", "project-42");
            }

            await db.SaveChangesAsync(Cancel);
        });

        (await receiver.UntilAsync(250)).Select(r => r.Data).Should().Equal(Enumerable.Range(0, 250).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Publishing_to_nobody_leaves_nothing_behind()
    {
        var statements = new Statements();
        await using var host = await ReviewHost.StartAsync(await postgres.NewDatabaseAsync(), context: o => o.AddInterceptors(statements));
        await host.DoAsync(db => SaveAsync(db, "a"));

        await statements.UntilDeletedAsync(1);

        (await host.OutboxAsync()).Should().BeEmpty();
        (await host.Host.Services.GetRequiredService<Webhooks.Sdk.Deliveries.IWebhookDeliveryStore>().GetBacklogAsync(Cancel)).Pending.Should().Be(0);
    }

    private async Task<ReviewHost> StartAsync(Receiver receiver)
    {
        var host = await ReviewHost.StartAsync(await postgres.NewDatabaseAsync());
        await host.SubscribeAsync(receiver, Webhooks.Sdk.Deliveries.DeliveryOrdering.Fifo);
        return host;
    }

    private static async Task SaveAsync(ReviewDb db, string type)
    {
        db.PublishWebhook(type, "1", "project-42");
        await db.SaveChangesAsync(Cancel);
    }
}

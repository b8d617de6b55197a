using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.EntityFrameworkCore.Relaying;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Relaying;

public sealed class RefusedRowTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_cannot_be_published_is_set_aside_and_the_others_go_on()
    {
        var database = await postgres.NewDatabaseAsync();
        await WriteAsync(database, "1", $"\"{new string('x', 1_000)}\"", "3");

        var statements = new Statements();
        await using var receiver = await Receiver.StartAsync();
        await using (var host = await StartAsync(database, receiver, statements, w => w.ConfigurePublish(o => o.MaxPayloadBytes = 100)))
        {
            (await receiver.UntilAsync(2)).Select(r => r.Data).Should().Equal("1", "3");
            await statements.UntilSetAsideAsync(1);
            await statements.UntilDeletedAsync(2);

            var row = (await host.OutboxAsync()).Should().ContainSingle().Subject;
            row.Attempts.Should().Be(1);
            row.Error.Should().Contain("PublishOptions.MaxPayloadBytes");
            row.RetryAt.Should().NotBeNull();
        }

        // Not lost: when the limit is raised again and its time has come, it goes too.
        await MakeDueAsync(database);
        await using var again = await StartAsync(database, receiver, new Statements());
        (await receiver.UntilAsync(3))[2].Data.Should().HaveLength(1_002);
    }

    [Fact]
    public async Task A_row_that_is_refused_again_waits_longer()
    {
        var database = await postgres.NewDatabaseAsync();
        await WriteAsync(database, $"\"{new string('x', 1_000)}\"");
        await using var receiver = await Receiver.StartAsync();
        for (var attempts = 1; attempts <= 3; attempts++)
        {
            var statements = new Statements();
            await using var host = await StartAsync(database, receiver, statements, w => w.ConfigurePublish(o => o.MaxPayloadBytes = 100));
            await statements.UntilSetAsideAsync(1);
            (await host.OutboxAsync()).Should().ContainSingle().Which.Attempts.Should().Be(attempts);
            await MakeDueAsync(database);
        }

        new[] { 0, 1, 5, 6, 100 }.Select(SetAsideDelay.After).Select(d => d.TotalMinutes).Should().Equal(1, 2, 32, 60, 60);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_sets_nothing_aside_and_changes_no_order()
    {
        var database = await postgres.NewDatabaseAsync();
        await WriteAsync(database, "1", "2", "3");
        await using var receiver = await Receiver.StartAsync();
        FlakyPublisher? flaky = null;
        var statements = new Statements();
        await using var host = await StartAsync(database, receiver, statements, w => flaky = Flaky(w, _ => true));

        await flaky!.FailedOften;
        (await host.OutboxAsync()).Should().HaveCount(3).And.OnlyContain(m => m.Attempts == 0);
        flaky.Fail(_ => false);

        (await receiver.UntilAsync(3)).Select(r => r.Data).Should().Equal("1", "2", "3");
    }

    [Fact]
    public async Task A_row_that_the_store_alone_does_not_take_is_doubted_at_last()
    {
        var database = await postgres.NewDatabaseAsync();
        await WriteAsync(database, "1", "\"poison\"", "3", "4");
        await using var receiver = await Receiver.StartAsync();
        var statements = new Statements();
        await using var host = await StartAsync(database, receiver, statements, w => Flaky(w, e => e.Id == "order-1"));

        (await receiver.UntilAsync(3)).Select(r => r.Data).Should().Equal("1", "3", "4");
        await statements.UntilSetAsideAsync(1);
        (await host.OutboxAsync()).Should().Contain(m => m.EventId == "order-1" && m.Attempts == 1 && m.Error == "The store does not answer.");
    }

    private static FlakyPublisher Flaky(WebhooksBuilder webhooks, Func<NewWebhookEvent, bool> fails)
    {
        var real = webhooks.Services.Single(s => s.ServiceType == typeof(IWebhookPublisher)).ImplementationType!;
        var flaky = new FlakyPublisher();
        flaky.Fail(fails);
        webhooks.Services.AddSingleton(real);
        webhooks.Services.Replace(ServiceDescriptor.Singleton<IWebhookPublisher>(host => flaky.Over((IWebhookPublisher)host.GetRequiredService(real))));
        return flaky;
    }

    private static Task<ReviewHost> StartAsync(string database, Receiver receiver, Statements statements, Action<WebhooksBuilder>? webhooks = null) =>
        ReviewHost.StartAsync(
            database,
            w =>
            {
                w.Subscribe(receiver, DeliveryOrdering.Fifo);
                webhooks?.Invoke(w);
            },
            context: o => o.AddInterceptors(statements));

    private static async Task WriteAsync(string database, params string[] payloads)
    {
        await using var writer = await ReviewHost.StartAsync(database, relay: o => o.Enabled = false);
        await writer.DoAsync(async db =>
        {
            for (var i = 0; i < payloads.Length; i++)
            {
                db.PublishWebhook(new NewWebhookEvent { Id = $"order-{i}", Type = "a", Data = payloads[i], TenantId = "project-42" });
            }

            await db.SaveChangesAsync(Cancel);
        });
    }

    private static async Task MakeDueAsync(string database)
    {
        await using var db = new ReviewDb(new DbContextOptionsBuilder<ReviewDb>().UseNpgsql(database).Options);
        await db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(m => m.RetryAt, DateTimeOffset.UnixEpoch), Cancel);
    }
}

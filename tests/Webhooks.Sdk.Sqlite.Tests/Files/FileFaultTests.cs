using Microsoft.Data.Sqlite;
using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Sqlite.Tests.Files;

/// <summary>What a file can do to its writer.</summary>
public sealed class FileFaultTests : DeliveryConformance<SqliteFixture>
{
    public FileFaultTests() => Fixture.Configure = o => o.BusyTimeout = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_full_disk_is_a_clear_error_and_everything_that_was_acknowledged_stays()
    {
        await PublishAsync("s1");
        await Fixture.LimitPagesAsync(more: 40);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(TryPublishLargeAsync, Cancel)));

        outcomes.Should().Contain(o => o.Error == null).And.Contain(o => o.Error != null);
        outcomes.Where(o => o.Error is not null).Should().AllSatisfy(o => o.Error!.Message.Should().Contain(Fixture.FileName).And.Contain("no room"));
        foreach (var (id, error) in outcomes)
        {
            (await Deliveries.FindEventAsync(id, Cancel) is not null).Should().Be(error is null, "it is stored if and only if its publisher was told so");
        }

        await Fixture.LimitPagesAsync(more: 1_000_000);
        (await TryPublishLargeAsync()).Error.Should().BeNull("there is room again");
        (await ClaimAllAsync()).Should().HaveCount(1 + outcomes.Count(o => o.Error is null) + 1);
    }

    [Fact]
    public async Task A_full_disk_does_not_lose_a_result_that_is_recorded_again()
    {
        await PublishAsync("s1");
        var claim = await ClaimOneAsync();
        await Fixture.LimitPagesAsync(more: 0);
        var large = new AttemptResult { StartedAt = Fixture.UtcNow, StatusCode = 200, ResponseBody = new byte[64 * 1024] };

        await FluentActions.Awaiting(() => TryRecordAsync(claim, Delivered, large).AsTask()).Should().ThrowAsync<WebhookException>();
        (await AttemptsAsync(new DeliveryQuery())).Should().BeEmpty();

        await Fixture.LimitPagesAsync(more: 1000);
        await RecordAsync(claim, Delivered, large);
        (await AttemptsAsync(new DeliveryQuery())).Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_that_stays_locked_is_a_clear_error_and_nothing_is_stored()
    {
        var host = await Fixture.BeginTransactionAsync();

        var refused = await TryPublishLargeAsync();
        (await Deliveries.GetBacklogAsync(Cancel)).Pending.Should().Be(0, "reading waits for nobody");
        await host.RollbackAsync(Cancel);

        refused.Error!.Message.Should().Contain(Fixture.FileName).And.Contain("BusyTimeout").And.Contain("PublishAsync");
        refused.Error.InnerException.Should().BeOfType<SqliteException>();
        (await Deliveries.FindEventAsync(refused.Id, Cancel)).Should().BeNull();
        await PublishAsync("s1");
    }

    [Fact]
    public async Task A_lock_that_ends_in_time_is_waited_for()
    {
        Fixture.Configure = o => o.BusyTimeout = Soon;
        var host = await Fixture.BeginTransactionAsync();
        var publish = PublishAsync("s1").AsTask();

        await host.CommitAsync(Cancel);

        await publish.WaitAsync(Soon, Cancel);
    }

    [Fact]
    public async Task One_call_that_cannot_be_stored_does_not_take_others_of_its_group_with_it()
    {
        // While the host holds the lock everything gathers into one group.
        Fixture.Configure = o => o.BusyTimeout = Soon;
        var host = await Fixture.BeginTransactionAsync();
        var first = PublishAsync("s1").AsTask();
        var broken = Deliveries.EnqueueAsync([new(Sample.Event("evt_broken"), [new DeliveryTarget("s1"), new DeliveryTarget(null!)])], null, Cancel).AsTask();
        Task[] others = [.. Enumerable.Range(0, 20).Select(_ => PublishAsync("s1").AsTask())];

        await host.CommitAsync(Cancel);

        await Task.WhenAll([first, .. others]).WaitAsync(Soon, Cancel);
        await broken.Awaiting(b => b.WaitAsync(Soon, Cancel)).Should().ThrowAsync<WebhookException>();
        (await Deliveries.FindEventAsync("evt_broken", Cancel)).Should().BeNull();
        (await ClaimAllAsync()).Should().HaveCount(21);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_its_turn_stores_nothing()
    {
        Fixture.Configure = o => o.BusyTimeout = Soon;
        var host = await Fixture.BeginTransactionAsync();
        var first = PublishAsync("s1").AsTask();
        using var cancel = new CancellationTokenSource();
        var cancelled = Deliveries.EnqueueAsync([To(Sample.Event("evt_cancelled"), "s1")], null, cancel.Token).AsTask();
        await cancel.CancelAsync();

        await host.CommitAsync(Cancel);

        await first.WaitAsync(Soon, Cancel);
        await cancelled.Awaiting(c => c).Should().ThrowAsync<OperationCanceledException>();
        (await Deliveries.FindEventAsync("evt_cancelled", Cancel)).Should().BeNull();
    }

    [Fact]
    public async Task A_directory_that_is_not_there_is_named_and_its_appearance_mends_it()
    {
        Fixture.File = Path.Combine("later", "webhooks.db");
        (await TryPublishLargeAsync()).Error!.Message.Should().Contain(Fixture.FileName).And.Contain("directory");

        Directory.CreateDirectory(Path.GetDirectoryName(Fixture.FileName)!);

        (await TryPublishLargeAsync()).Error.Should().BeNull();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_said_to_be_none()
    {
        await File.WriteAllTextAsync(Fixture.FileName, new string('x', 8192), Cancel);

        (await TryPublishLargeAsync()).Error!.Message.Should().Contain(Fixture.FileName).And.Contain("no SQLite database");
    }

    [Fact]
    public async Task Many_that_open_a_new_file_at_once_all_can()
    {
        Fixture.Configure = o => o.BusyTimeout = Soon;
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            async () =>
            {
                var (deliveries, _) = await Fixture.OpenNodeAsync();
                return (await deliveries.EnqueueAsync([To(Sample.Event(), "s1")], null, Cancel)).Single();
            },
            Cancel)));

        opened.Should().AllBeEquivalentTo(true);
        (await ClaimAllAsync()).Should().HaveCount(6);
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_leaves_the_file_alone()
    {
        Fixture.Configure = o => o.BusyTimeout = Soon;
        var host = await Fixture.BeginTransactionAsync();
        var publish = PublishAsync("s1").AsTask();
        var closing = Fixture.CloseAsync();
        await host.CommitAsync(Cancel);

        await publish.WaitAsync(Soon, Cancel);
        await closing;
        await Fixture.CrashAsync();
        await ClaimOneAsync();
    }

    private async Task<(string Id, WebhookException? Error)> TryPublishLargeAsync()
    {
        var @event = Sample.Event(data: $"\"{new string('x', 8000)}\"");
        try
        {
            await EnqueueAsync(To(@event, "s1"));
            return (@event.Id, null);
        }
        catch (WebhookException e)
        {
            return (@event.Id, e);
        }
    }
}

using FsCheck.Fluent;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Subscriptions;

public sealed class InMemorySubscriptionStoreTests
{
    private static readonly HealthChange Failure = new(Succeeded: false, 1, 0);

    private readonly ManualTime _time = new(Sample.Time);
    private readonly InMemorySubscriptionStore _store;

    public InMemorySubscriptionStoreTests() => _store = new(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_added_is_found()
    {
        var subscription = Make("a");
        (await _store.AddAsync(subscription, null, Token)).Should().Be(AddOutcome.Added);
        (await _store.FindAsync("a", Token)).Should().BeSameAs(subscription);
        (await _store.FindAsync("A", Token)).Should().BeNull();
    }

    [Fact]
    public async Task An_id_is_taken_once_whatever_the_tenant()
    {
        await _store.AddAsync(Make("a"), null, Token);
        (await _store.AddAsync(Make("a", "t2"), null, Token)).Should().Be(AddOutcome.DuplicateId);
        (await _store.FindAsync("a", Token))!.TenantId.Should().Be("t1");
    }

    [Fact]
    public async Task An_id_that_was_deleted_can_be_taken_again()
    {
        await _store.AddAsync(Make("a"), null, Token);
        await _store.DeleteAsync("a", Token);
        (await _store.AddAsync(Make("a", "t2"), 1, Token)).Should().Be(AddOutcome.Added);
        (await _store.MatchAsync("t1", "x", Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_change_is_stored_only_over_the_version_that_it_was_made_from()
    {
        await _store.AddAsync(Make("a"), null, Token);
        (await _store.UpdateAsync(Make("a") with { Version = 2, Name = "first" }, 1, Token)).Should().BeTrue();
        (await _store.UpdateAsync(Make("a") with { Version = 2, Name = "second" }, 1, Token)).Should().BeFalse();
        (await _store.UpdateAsync(Make("b") with { Version = 2 }, 1, Token)).Should().BeFalse();
        (await _store.FindAsync("a", Token))!.Name.Should().Be("first");
    }

    [Fact]
    public async Task Of_many_changes_at_once_exactly_one_is_stored()
    {
        await _store.AddAsync(Make("a"), null, Token);
        var stored = 0;
        await Parallel.ForAsync(0, 100, Token, async (i, token) =>
        {
            if (await _store.UpdateAsync(Make("a") with { Version = 2, Name = $"{i}" }, 1, token))
            {
                Interlocked.Increment(ref stored);
            }
        });
        stored.Should().Be(1);
    }

    [Fact]
    public async Task The_limit_holds_for_each_tenant_when_many_are_added_at_once()
    {
        var outcomes = new int[3];
        await Parallel.ForAsync(0, 200, Token, async (i, token) =>
            Interlocked.Increment(ref outcomes[(int)await _store.AddAsync(Make($"s{i}", i % 2 == 0 ? "t1" : "t2"), 10, token)]));

        outcomes[(int)AddOutcome.Added].Should().Be(20);
        outcomes[(int)AddOutcome.LimitReached].Should().Be(180);
        (await _store.MatchAsync("t1", "x", Token)).Should().HaveCount(10);
        (await _store.MatchAsync("t2", "x", Token)).Should().HaveCount(10);
    }

    [Fact]
    public async Task A_deleted_one_makes_room()
    {
        await _store.AddAsync(Make("a"), 1, Token);
        (await _store.AddAsync(Make("b"), 1, Token)).Should().Be(AddOutcome.LimitReached);
        (await _store.DeleteAsync("a", Token)).Should().BeTrue();
        (await _store.AddAsync(Make("b"), 1, Token)).Should().Be(AddOutcome.Added);
        (await _store.DeleteAsync("a", Token)).Should().BeFalse();
    }

    [Fact]
    public async Task Only_enabled_subscriptions_of_the_tenant_that_want_the_type_match()
    {
        await Add(
            Make("all"), Make("named") with { EventTypes = ["review.created"] }, Make("prefix") with { EventTypes = ["review.*"] },
            Make("else") with { EventTypes = ["message.sent"] }, Make("off") with { State = SubscriptionState.Disabled },
            Make("suspended") with { State = SubscriptionState.Suspended }, Make("foreign", "t2"), Make("longer", "t1 "));

        (await Matches("review.created")).Should().BeEquivalentTo("all", "named", "prefix");
        (await Matches("review.deleted")).Should().BeEquivalentTo("all", "prefix");
        (await _store.MatchAsync("t2", "review.created", Token)).Should().ContainSingle(s => s.Id == "foreign");
        (await _store.MatchAsync("T1", "review.created", Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_change_shows_in_the_next_match()
    {
        await Add(Make("a") with { EventTypes = ["x"] });
        (await Matches("x")).Should().Equal("a");

        await _store.UpdateAsync(Make("a") with { EventTypes = ["y"], Version = 2 }, 1, Token);
        (await Matches("x")).Should().BeEmpty();
        (await Matches("y")).Should().Equal("a");

        await _store.UpdateAsync(Make("a") with { State = SubscriptionState.Disabled, Version = 3 }, 2, Token);
        (await Matches("y")).Should().BeEmpty();

        await _store.UpdateAsync(Make("a") with { Version = 4 }, 3, Token);
        await Add(Make("b"));
        (await Matches("y")).Should().BeEquivalentTo("a", "b");

        await _store.DeleteAsync("a", Token);
        (await Matches("y")).Should().Equal("b");
    }

    [Fact]
    public async Task More_types_than_are_remembered_still_match()
    {
        await Add(Make("a") with { EventTypes = ["x.*"] });
        for (var i = 0; i < 1100; i++)
        {
            (await Matches($"x.{i}")).Should().Equal("a");
        }

        await _store.DeleteAsync("a", Token);
        (await Matches("x.0")).Should().BeEmpty();
        (await Matches("x.1099")).Should().BeEmpty();
    }

    [Theory]
    [InlineData(int.MinValue, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(2_000_000_000, 200)]
    public async Task Pages_are_clamped(int size, int rows)
    {
        await Add([.. Enumerable.Range(0, 250).Select(i => Make($"s{i}"))]);
        var page = await _store.ListAsync(new() { PageSize = size }, Token);
        page.Items.Should().HaveCount(rows);
        page.NextCursor.Should().NotBeNull();
    }

    [Fact]
    public async Task Pages_follow_each_other_oldest_first_whatever_is_added_or_deleted_in_between()
    {
        await Add([.. Enumerable.Range(0, 5).Select(i => Make($"s{i}"))]);
        var first = await _store.ListAsync(new() { PageSize = 2 }, Token);
        await _store.DeleteAsync("s1", Token); // the last one of the page
        await _store.DeleteAsync("s3", Token);
        await Add(Make("s5"));

        var second = await _store.ListAsync(new() { PageSize = 2, Cursor = first.NextCursor }, Token);
        var third = await _store.ListAsync(new() { PageSize = 2, Cursor = second.NextCursor }, Token);

        Ids(first).Should().Equal("s0", "s1");
        Ids(second).Should().Equal("s2", "s4");
        Ids(third).Should().Equal("s5");
        third.NextCursor.Should().BeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Every_row_is_on_exactly_one_page(int size)
    {
        await Add([.. Enumerable.Range(0, 6).Select(i => Make($"s{i}"))]);
        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await _store.ListAsync(new() { PageSize = size, Cursor = cursor }, Token);
            page.Items.Should().NotBeEmpty();
            seen.AddRange(Ids(page));
            seen.Should().HaveCountLessThanOrEqualTo(6, "a row that comes again would come for ever");
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        seen.Should().Equal("s0", "s1", "s2", "s3", "s4", "s5");
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    public async Task A_cursor_that_nobody_was_given_starts_at_the_beginning(string cursor)
    {
        await Add(Make("a"));
        Ids(await _store.ListAsync(new() { Cursor = cursor }, Token)).Should().Equal("a");
    }

    [Fact]
    public async Task A_list_can_be_of_one_tenant_or_one_state()
    {
        await Add(Make("a"), Make("b", "t2"), Make("c") with { State = SubscriptionState.Suspended }, Make("d", "t2") with { State = SubscriptionState.Suspended });

        Ids(await _store.ListAsync(new(), Token)).Should().Equal("a", "b", "c", "d");
        Ids(await _store.ListAsync(new() { TenantId = "t1" }, Token)).Should().Equal("a", "c");
        Ids(await _store.ListAsync(new() { State = SubscriptionState.Suspended }, Token)).Should().Equal("c", "d");
        Ids(await _store.ListAsync(new() { TenantId = "t1", State = SubscriptionState.Enabled }, Token)).Should().Equal("a");
        Ids(await _store.ListAsync(new() { TenantId = "T1" }, Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task Failures_add_up_from_the_first_one_and_a_success_forgets_them()
    {
        await Add(Make("a"));

        (await _store.RecordHealthAsync("a", Failure, Token)).Should().Be(new EndpointHealth(TimeSpan.Zero, 1, 0));
        _time.Advance(TimeSpan.FromHours(2));
        (await _store.RecordHealthAsync("a", new(Succeeded: false, 3, 1), Token)).Should().Be(new EndpointHealth(TimeSpan.FromHours(2), 4, 1));
        _time.Advance(TimeSpan.FromHours(1));
        (await _store.RecordHealthAsync("a", new(Succeeded: true, 0, 0), Token)).Should().Be(default(EndpointHealth));
        _time.Advance(TimeSpan.FromDays(9));
        (await _store.RecordHealthAsync("a", Failure, Token)).Should().Be(new EndpointHealth(TimeSpan.Zero, 1, 0));
    }

    [Fact]
    public async Task What_failed_after_the_last_success_of_a_batch_counts_from_now()
    {
        await Add(Make("a"));
        await _store.RecordHealthAsync("a", new(Succeeded: false, 50, 4), Token);
        _time.Advance(TimeSpan.FromDays(5));

        (await _store.RecordHealthAsync("a", new(Succeeded: true, 2, 1), Token)).Should().Be(new EndpointHealth(TimeSpan.Zero, 2, 1));
        _time.Advance(TimeSpan.FromMinutes(1));
        (await _store.RecordHealthAsync("a", Failure, Token)).Should().Be(new EndpointHealth(TimeSpan.FromMinutes(1), 3, 1));
    }

    [Fact]
    public void Health_agrees_with_the_plain_arithmetic()
    {
        var step = from succeeded in Gen.Choose(0, 3) from failed in Gen.Choose(0, 2) from exhausted in Gen.Choose(0, failed) from minutes in Gen.Choose(0, 9)
                   select (Change: new HealthChange(succeeded == 0, failed, exhausted), Wait: TimeSpan.FromMinutes(minutes));
        Properties.ForAll(step.ListOf(), steps =>
        {
            var store = new InMemorySubscriptionStore(_time);
            Complete(store.AddAsync(Make("a"), null, Token));
            var (expected, since) = (default(EndpointHealth), _time.GetUtcNow());
            foreach (var (change, wait) in steps)
            {
                _time.Advance(wait);
                var before = change.Succeeded ? default : expected;
                since = before.FailedAttempts == 0 ? _time.GetUtcNow() : since;
                expected = new(_time.GetUtcNow() - since, before.FailedAttempts + change.FailedAttempts, before.ExhaustedDeliveries + change.ExhaustedDeliveries);
                if (Complete(store.RecordHealthAsync("a", change, Token)) != expected)
                {
                    return false;
                }
            }

            return true;
        });
    }

    [Fact]
    public async Task No_failure_is_lost_when_many_are_recorded_at_once()
    {
        await Add(Make("a"));
        await Parallel.ForAsync(0, 500, Token, async (_, token) => await _store.RecordHealthAsync("a", Failure, token));
        (await _store.RecordHealthAsync("a", new(false, 0, 0), Token)).FailedAttempts.Should().Be(500);
    }

    [Fact]
    public async Task Health_changes_no_version_and_stays_with_the_subscription_through_updates()
    {
        await Add(Make("a"), Make("b"));
        await _store.RecordHealthAsync("a", Failure, Token);
        (await _store.FindAsync("a", Token))!.Version.Should().Be(1);
        await _store.UpdateAsync(Make("a") with { Version = 2 }, 1, Token);

        (await _store.RecordHealthAsync("a", Failure, Token)).FailedAttempts.Should().Be(2);
        (await _store.RecordHealthAsync("b", Failure, Token)).FailedAttempts.Should().Be(1);
    }

    [Fact]
    public async Task What_is_not_there_is_healthy() => (await _store.RecordHealthAsync("nope", Failure, Token)).IsHealthy.Should().BeTrue();

    private static WebhookSubscription Make(string id, string tenant = "t1") => new() { Id = id, TenantId = tenant, Url = "https://example.com/", Profile = "standard" };

    private static IEnumerable<string> Ids(Page<WebhookSubscription> page) => page.Items.Select(s => s.Id);

    // The store answers from memory, so every call is complete when it returns.
    private static T Complete<T>(ValueTask<T> task)
    {
        task.IsCompletedSuccessfully.Should().BeTrue();
        return task.Result;
    }

    private async Task Add(params WebhookSubscription[] subscriptions)
    {
        foreach (var subscription in subscriptions)
        {
            (await _store.AddAsync(subscription, null, Token)).Should().Be(AddOutcome.Added);
        }
    }

    private async Task<IEnumerable<string>> Matches(string type) => (await _store.MatchAsync("t1", type, Token)).Select(s => s.Id);
}

using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.AspNetCore.Receiving;
using Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.PostgreSql.Tests.Support;
using static Webhooks.Sdk.AspNetCore.Tests.Receiving.Support.ReceivingHost;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving;

/// <summary>Each message is handled once, however often it comes.</summary>
public sealed class OnceTests : IDisposable
{
    private readonly Handled _handled = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("webhooks-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("memory", false)]
    [InlineData("sqlite", false)]
    [InlineData("postgresql", false)]
    [InlineData("memory", true)]
    [InlineData("sqlite", true)]
    [InlineData("postgresql", true)]
    public async Task A_thousand_simultaneous_sends_of_one_message_are_handled_once(string store, bool inBackground)
    {
        var release = new TaskCompletionSource();
        _handled.First = (_, _) => release.Task;
        await using var host = await StartAsync(
            r =>
            {
                Reviews(r);
                _ = inBackground ? r.InBackground() : r;
            },
            Services(store));

        var sends = Enumerable.Range(0, 1000).Select(_ => host.SendReviewAsync()).ToList();
        var others = await FirstAsync(sends, 999);
        release.SetResult();
        var statuses = await Task.WhenAll(sends);

        // In the background all are good: it is stored. Otherwise nobody but the first may tell its sender to forget it before it is done.
        if (inBackground)
        {
            statuses.Should().OnlyContain(s => s == 202 || s == 204);
            statuses.Count(s => s == 202).Should().Be(1);
        }
        else
        {
            others.Should().OnlyContain(s => s == 503);
            statuses.Count(s => s == 204).Should().Be(1);
        }

        await _handled.NextAsync();
        (await host.SendReviewAsync()).Should().Be(204);
        _handled.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_replayed_request_is_not_handled_again()
    {
        await using var host = await StartAsync(Reviews, services: null);
        var first = Signed(Review());
        (await host.SendAsync(first)).Should().Be(204);

        var replayed = new HttpRequestMessage(HttpMethod.Post, "/HOOKS/") { Content = new StringContent(Review()) };
        foreach (var (name, values) in first.Headers)
        {
            replayed.Headers.Add(name, values);
        }

        (await host.SendAsync(replayed)).Should().Be(204);
        _handled.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_repetition_that_comes_while_it_is_handled_is_told_when_to_come_again()
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        _handled.First = (_, _) =>
        {
            begun.SetResult();
            return release.Task;
        };
        await using var host = await StartAsync(Reviews, services: null);
        var first = host.SendReviewAsync();
        await begun.Task;

        using var second = await host.Client.SendAsync(Signed(Review()), Cancel);

        ((int)second.StatusCode).Should().Be(503);
        second.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero).And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(1));
        release.SetResult();
        (await first).Should().Be(204);
        (await host.SendReviewAsync()).Should().Be(204);
        _handled.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_handler_that_takes_longer_than_its_lease_keeps_its_message()
    {
        var time = new ManualTime();
        var (begun, release, renewed) = (new TaskCompletionSource(), new TaskCompletionSource(), new RenewalCount());
        _handled.First = (_, _) =>
        {
            begun.SetResult();
            return release.Task;
        };
        await using var host = await StartAsync(
            r => Reviews(r.Tolerance(TimeSpan.FromDays(36500))),
            services =>
            {
                services.AddSingleton<TimeProvider>(time);
                services.AddWebhookReceiver();
                renewed.Watch(services);
            });
        var first = host.SendReviewAsync();
        await begun.Task;

        // Twelve renewals are at least four times the lease.
        for (var renewals = 0; renewals < 12; renewals += renewed.Take())
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await host.SendReviewAsync()).Should().Be(503);
        release.SetResult();
        (await first).Should().Be(204);
    }

    [Fact]
    public async Task A_sender_that_hangs_up_does_not_stop_its_handler()
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var wasCancelled = false;
        _handled.First = async (_, cancellationToken) =>
        {
            begun.SetResult();
            await release.Task;
            wasCancelled = cancellationToken.IsCancellationRequested;
        };
        await using var host = await StartAsync(Reviews, services: null);
        using var patience = new CancellationTokenSource();
        var first = host.Client.SendAsync(Signed(Review()), patience.Token);
        await begun.Task;

        await patience.CancelAsync();
        await first.Awaiting(f => f).Should().ThrowAsync<OperationCanceledException>();
        release.SetResult();
        await _handled.NextAsync();

        (await UntilAsync(() => host.SendReviewAsync(), 204)).Should().Be(204);
        _handled.Count.Should().Be(1);
        wasCancelled.Should().BeFalse();
    }

    [Fact]
    public async Task Two_receivers_and_two_senders_do_not_meet()
    {
        const string otherSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        await using var host = await StartAsync(
            r => Handlers(r).Sender(context => new(context.Request.RouteValues["tenant"]!.ToString()!.ToUpperInvariant() switch
            {
                "ACME" => new WebhookSender("acme", Secret),
                "GLOBEX" => new WebhookSender("globex", otherSecret),
                _ => null,
            })),
            services: null,
            "/hooks/{tenant}");

        (await host.SendAsync(Signed(Review(), path: "/hooks/acme"))).Should().Be(204);
        (await host.SendAsync(Signed(Review(), path: "/hooks/globex", secret: otherSecret))).Should().Be(204);
        _handled.Count.Should().Be(2);

        // A replay to another spelling of the same tenant, a message under another's name, and one of nobody.
        (await host.SendAsync(Signed(Review(), path: "/hooks/ACME"))).Should().Be(204);
        (await host.SendAsync(Signed(Review(), path: "/hooks/globex"))).Should().Be(401);
        (await host.SendAsync(Signed(Review(), path: "/hooks/nobody"))).Should().Be(401);
        _handled.Count.Should().Be(2);
    }

    [Fact]
    public async Task An_inbox_that_does_not_answer_gets_500_and_nothing_is_handled()
    {
        await using var host = await StartAsync(Reviews, services => services.AddWebhookReceiver(r => r.UsePostgreSql("Host=127.0.0.1;Port=1;Username=nobody;Password=hush;Timeout=2")));

        using var response = await host.Client.SendAsync(Signed(Review()), Cancel);

        ((int)response.StatusCode).Should().Be(500);
        (await response.Content.ReadAsStringAsync(Cancel)).Should().NotContain("127.0.0.1").And.NotContain("Npgsql");
        host.Log.All.Should().Contain(l => l.StartsWith("Error: Receiver /hooks could not take a request", StringComparison.Ordinal)).And.NotContain(l => l.Contains("hush"));
        _handled.Count.Should().Be(0);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private ReceiverBuilder Handlers(ReceiverBuilder receiver) => receiver.On<Review>("review-created", _handled.TakeAsync);

    private void Reviews(ReceiverBuilder receiver) => Handlers(receiver).Secret(Secret);

    private Action<IServiceCollection> Services(string store)
    {
        if (store == "postgresql")
        {
            Cluster.Require();
        }

        return services => services.AddWebhookReceiver(r => _ = store switch
        {
            "sqlite" => r.UseSqlite($"Data Source={_directory}/inbox.db"),
            "postgresql" => r.UsePostgreSql(Cluster.ConnectionString, o => o.Schema = $"t{Guid.NewGuid():N}"),
            _ => r,
        });
    }

    private static async Task<int> UntilAsync(Func<Task<int>> send, int status)
    {
        int last;
        do
        {
            last = await send();
        }
        while (last != status && !Cancel.IsCancellationRequested);

        return last;
    }

    private static async Task<List<int>> FirstAsync(List<Task<int>> tasks, int count)
    {
        var first = new List<int>();
        await foreach (var task in Task.WhenEach(tasks).WithCancellation(Cancel))
        {
            first.Add(await task);
            if (first.Count == count)
            {
                break;
            }
        }

        return first;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.AspNetCore.Receiving;
using Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Receiving;
using static Webhooks.Sdk.AspNetCore.Tests.Receiving.Support.ReceivingHost;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving;

/// <summary>Accepted first, handled afterwards.</summary>
public sealed class BackgroundTests : IDisposable
{
    private readonly Handled _handled = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("webhooks-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sender_gets_202_before_the_handler_has_ended()
    {
        var release = new TaskCompletionSource();
        _handled.First = (_, _) => release.Task;
        await using var host = await StartAsync(Reviews, Sqlite);

        (await host.SendReviewAsync()).Should().Be(202);
        (await host.SendReviewAsync()).Should().Be(204);

        release.SetResult();
        (await _handled.NextAsync()).Should().Be(new Review(7, 5));
    }

    [Fact]
    public async Task What_is_stored_is_the_message_and_nothing_that_proves_the_sender()
    {
        await using var host = await StartAsync(
            r => r.Profile(Profiles.WebhookProfiles.Ratecard).Secret("the-secret-itself").InBackground().On("messages.sent", _handled.TakeAsync), Sqlite);
        const string body = """{"id":"4f7c","webhook":{},"account":{},"payload":{"message":{"é":1}},"event":"messages.sent","created_at":"2026-04-24T14:30:00.250000Z"}""";

        (await host.SendAsync(Signed(body, secret: "the-secret-itself", profile: Profiles.WebhookProfiles.Ratecard))).Should().Be(202);

        var webhook = (await _handled.NextAsync()).Should().BeOfType<ReceivedWebhook>().Subject;
        webhook.Should().BeEquivalentTo(new { Id = "4f7c", Type = "messages.sent" });
        webhook.Body.ToArray().Should().Equal(System.Text.Encoding.UTF8.GetBytes(body));
        webhook.Headers.Should().BeEmpty();
        await host.StopAsync();
        foreach (var file in Directory.GetFiles(_directory))
        {
            System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel)).Should().NotContain("the-secret-itself");
        }
    }

    [Fact]
    public async Task A_handler_that_throws_is_called_again_and_its_message_is_given_up_after_the_last_delay_where_it_can_be_seen_and_retried()
    {
        _handled.First = (call, _) => call <= 3 ? throw new InvalidOperationException($"no {call}") : Task.CompletedTask;
        var givenUp = new GivenUpSignal();
        await using var host = await StartAsync(Reviews, services =>
        {
            services.AddWebhookReceiver(r => Sqlite(r.ConfigureInbox(o =>
            {
                o.PollInterval = TimeSpan.FromMilliseconds(10);
                o.RetryDelays.Add(TimeSpan.Zero);
                o.RetryDelays.Add(TimeSpan.FromMilliseconds(20));
            })));
            services.AddLogging(l => l.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(givenUp));
        });

        (await host.SendReviewAsync()).Should().Be(202);
        (await givenUp.Line.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).Should().Contain("msg_1").And.Contain("after 3 attempts").And.Contain("InvalidOperationException: no 3");

        var inbox = host.Services.GetRequiredService<IWebhookInbox>();
        IReadOnlyList<GivenUpMessage> list;
        do
        {
            list = await inbox.ListGivenUpAsync("/hooks", 10, Cancel); // recorded right behind the log line
        }
        while (list.Count == 0);

        list.Should().ContainSingle().Which.Reason.Should().Be("InvalidOperationException: no 3");
        (await inbox.RetryAsync(list[0].Message.Key, Cancel)).Should().BeTrue();
        (await _handled.NextAsync()).Should().Be(new Review(7, 5));
        _handled.Count.Should().Be(4);
    }

    [Fact]
    public async Task A_stop_waits_for_the_handler_that_is_running()
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        _handled.First = (_, _) =>
        {
            begun.SetResult();
            return release.Task;
        };
        await using var host = await StartAsync(Reviews, Sqlite);
        await host.SendReviewAsync();
        await begun.Task;

        var stop = host.StopAsync();
        stop.IsCompleted.Should().BeFalse();
        release.SetResult();
        await stop;

        _handled.Count.Should().Be(1);
        await using var next = await StartAsync(Reviews, Sqlite);
        (await next.SendReviewAsync()).Should().Be(204);
    }

    [Fact]
    public async Task A_stop_that_has_waited_long_enough_cancels_the_handler_and_gives_the_message_back()
    {
        var begun = new TaskCompletionSource();
        _handled.First = async (call, cancellationToken) =>
        {
            if (call == 1)
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
        };
        await using (var host = await StartAsync(Reviews, services =>
        {
            services.AddWebhookReceiver(Sqlite);
            services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        }))
        {
            await host.SendReviewAsync();
            await begun.Task;
            await FluentActions.Awaiting(host.StopAsync).Should().NotThrowAsync<TimeoutException>();
        }

        await using var next = await StartAsync(Reviews, Sqlite);

        // At once, not after the lease of a minute.
        (await _handled.NextAsync()).Should().Be(new Review(7, 5));
    }

    [Fact]
    public async Task A_killed_process_has_what_it_accepted_handled_after_its_restart()
    {
        var file = Path.Combine(_directory, "killed.db");
        using (var first = new KilledReceiver(file, "hold"))
        {
            var url = await first.ReadAsync(Cancel);
            using var client = new HttpClient { BaseAddress = new Uri(url) };
            for (var i = 0; i < 20; i++)
            {
                using var response = await client.SendAsync(Signed(Review(i), $"msg_{i}"), Cancel);
                ((int)response.StatusCode).Should().Be(202);
            }

            // One of them is in hand when the process dies.
            (await first.ReadAsync(Cancel)).Should().Be("begun 0");
            first.Kill();
        }

        using var second = new KilledReceiver(file, "handle");
        var handled = new HashSet<string>();
        while (handled.Count < 20)
        {
            // It may handle some before it has said its URL.
            if (await second.ReadAsync(Cancel) is var line && !line.StartsWith("http", StringComparison.Ordinal))
            {
                handled.Add(line).Should().BeTrue("each is handled once");
            }
        }

        handled.Should().BeEquivalentTo(Enumerable.Range(0, 20).Select(i => $"handled {i}"));
    }

    [Fact]
    public async Task A_full_inbox_asks_the_sender_to_come_again()
    {
        _handled.First = (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        await using var host = await StartAsync(Reviews, services =>
        {
            services.AddWebhookReceiver(r => r.Configure<Webhooks.Sdk.Receiving.InMemory.InMemoryInboxOptions>(o => o.MaxStoredBytes = 150));
            services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        });

        (await host.SendReviewAsync("msg_1")).Should().Be(202);
        using var response = await host.Client.SendAsync(Signed(Review(), "msg_2"), Cancel);

        ((int)response.StatusCode).Should().Be(503);
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(30));
        host.Log.All.Should().Contain(l => l.StartsWith("Warning", StringComparison.Ordinal) && l.Contains("in memory"));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Reviews(ReceiverBuilder receiver) => receiver.Secret(Secret).InBackground().On<Review>("review-created", _handled.TakeAsync);

    private void Sqlite(WebhookReceiverBuilder receiver) => receiver.UseSqlite($"Data Source={_directory}/inbox.db");
}

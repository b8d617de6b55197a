using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Receiving;

#pragma warning disable xUnit1051 // The page leaves the test framework's cancellation token out: it is for any framework.

namespace Webhooks.Sdk.Testing.Tests.Docs;

/// <summary>The code of docs/testing.md, word for word, and run. <see cref="TestingPageTests"/> sees to it that it stays so.</summary>
public sealed class TestingPage
{
    private sealed record ReviewFlagged(int Id);

    private sealed class ReviewService(IWebhookPublisher publisher)
    {
        public async Task FlagAsync(int id) => await publisher.PublishAsync("review.flagged", $$"""{"id":{{id}}}""");
    }

    private static class Check
    {
        public static void That(bool condition) => condition.Should().BeTrue();
    }

    [Fact]
    public async Task The_first_test()
    {
        // A host of its own, in memory, with a receiver beside it. Configure it as your application does.
        await using var harness = await WebhookHarness.StartAsync(webhooks => webhooks
            .UseProfile(WebhookProfiles.ReviewSense)
            .AddEvent<ReviewFlagged>("review.flagged", "A review needs a look."));
        var (subscription, secret) = await harness.SubscribeAsync("review.flagged");

        // The receiver fails twice, then works.
        harness.Receiver.Answer(500).Then(503).Then(200);
        await harness.PublishAsync(new ReviewFlagged(7));
        await harness.RunUntilIdleAsync();

        var published = harness.ShouldHavePublished("review.flagged", times: 1)[0];
        harness.ShouldHaveDelivered(published.EventId, times: 1);
        var last = harness.Receiver.Requests[2];
        Check.That(last.Verify(WebhookProfiles.ReviewSense, secret!).IsVerified);
        Check.That(last.ReceivedAt - harness.Receiver.Requests[0].ReceivedAt == TimeSpan.FromMinutes(35));
        Check.That(subscription.IsEnabled);
    }

    [Fact]
    public async Task The_receiver_answers_in_every_way()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(WebhookProfiles.Ratecard));
        harness.Receiver.Answer(500, times: 3).Then(200);
        harness.Receiver.On("/gone").Answer(410);
        harness.Receiver.On("/slow").Answer(WebhookAnswer.Ok.After(TimeSpan.FromSeconds(8)));
        harness.Receiver.On("/busy").Answer(new WebhookAnswer { Status = 429 }.WithHeader("Retry-After", "120"));
        harness.Receiver.On("/hangs").Answer(WebhookAnswer.Never);
        harness.Receiver.On("/resets").Answer(WebhookAnswer.Reset);
        harness.Receiver.On("/drips").Answer(WebhookAnswer.Ok.WithBody("a long answer").Dripping(bytes: 1, TimeSpan.FromSeconds(1)));
        harness.Receiver.On("/odd").Answer(request => request.Number % 2 == 1 ? 500 : 200);

        foreach (var path in (string[])["/gone", "/slow", "/busy", "/hangs", "/resets", "/drips"])
        {
            await harness.Subscriptions.CreateAsync(new NewSubscription { Id = path, Url = harness.Receiver.UrlFor(path) });
        }

        await harness.PublishAsync("messages.sent", "{}");
        await harness.RunUntilIdleAsync();

        harness.Attempts.GroupBy(a => a.SubscriptionId).ToDictionary(g => g.Key, g => (g.First().Result.StatusCode, g.First().Result.Error)).Should().BeEquivalentTo(
            new Dictionary<string, (int, AttemptError)>
            {
                ["/gone"] = (410, AttemptError.None),
                ["/slow"] = (0, AttemptError.Timeout),
                ["/busy"] = (429, AttemptError.None),
                ["/hangs"] = (0, AttemptError.Timeout),
                ["/resets"] = (0, AttemptError.ConnectionLost),
                ["/drips"] = (200, AttemptError.None),
            });
    }

    [Fact]
    public async Task The_receiver_alone()
    {
        const string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        await using var receiver = await WebhookReceiver.StartAsync(new WebhookReceiverOptions { Https = true });
        receiver.VerifyWith(WebhookProfiles.Standard, secret);
        await SendSomethingTo(receiver.UrlFor("/hooks"), trusting: receiver.Certificate!);
        var requests = await receiver.WaitForAsync(1);
        Check.That(requests[0].Verification!.Value.Failure == VerificationFailure.MissingHeader);

        static async Task SendSomethingTo(string url, System.Security.Cryptography.X509Certificates.X509Certificate2 trusting)
        {
            using var client = new HttpClient(new SocketsHttpHandler
            {
                SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.Equals(trusting) },
            });
            using var response = await client.PostAsync(url, new StringContent("{}"));
            ((int)response.StatusCode).Should().Be(401);
        }
    }

    [Fact]
    public async Task What_went_wrong()
    {
        await using var harness = await WebhookHarness.StartAsync();
        var (subscription, _) = await harness.SubscribeAsync();
        harness.Receiver.Answer(410);
        var gone = await harness.PublishAsync("review.flagged", """{"id":8}""");
        await harness.RunUntilIdleAsync();

        harness.ShouldNotHaveDelivered(gone.EventId);
        harness.ShouldHaveFailed(gone.EventId, FailureReason.EndpointGone);
        Check.That(harness.Attempts[0].Result.StatusCode == 410);
        Check.That(harness.Suspended[0].Id == subscription.Id);
    }

    [Fact]
    public async Task Your_own_host()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<ReviewService>();
        var probe = new WebhookProbe();
        builder.Services.AddWebhooks(webhooks => webhooks.AllowPrivateNetworks().UseTestHarness(probe));
        using var host = builder.Build();
        await host.StartAsync();

        await host.Services.GetRequiredService<ReviewService>().FlagAsync(7);
        await probe.RunUntilIdleAsync();

        probe.ShouldHavePublished("review.flagged");
        await host.StopAsync();
    }
}

using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.AspNetCore.Receiving;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Receiving;

#pragma warning disable xUnit1051 // The page leaves the test framework's cancellation token out: it is for any framework.

namespace Webhooks.Sdk.Testing.Tests.Docs;

/// <summary>The code of docs/receiving.md, word for word, and run. <see cref="PagesTests"/> sees to it that it stays so.</summary>
public sealed class ReceivingPage : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly string _directory = Directory.CreateTempSubdirectory("webhooks-").FullName;

    internal sealed record ReviewCreated(int Id, int Rating);

    internal sealed class Reviews
    {
        private readonly ConcurrentQueue<ReviewCreated> _added = new();

        public TaskCompletionSource Added { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyCollection<ReviewCreated> All => _added;

        public Task AddAsync(ReviewCreated review, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _added.Enqueue(review);
            Added.TrySetResult();
            return Task.CompletedTask;
        }
    }

    internal sealed class Tenants
    {
        public ValueTask<Tenant?> FindAsync(object? name) => new(name is "acme" ? new Tenant("acme", [Secret]) : null);
    }

    internal sealed record Tenant(string Id, string[] WebhookSecrets);

    internal sealed class ReviewHandler(Reviews reviews) : IWebhookHandler<ReviewCreated>
    {
        public Task HandleAsync(ReviewCreated review, ReceivedWebhook webhook, CancellationToken ct) => reviews.AddAsync(review, ct);
    }

    [Fact]
    public async Task What_arrives_is_handled_once()
    {
        var (secret, reviews) = (Secret, new Reviews());
        await using var app = await StartAsync(reviews, app =>
        {
            app.MapWebhookReceiver("/hooks", receiver => receiver
                .Secret(secret)
                .On<ReviewCreated>("review-created", (review, ct) => reviews.AddAsync(review, ct)));
        });

        (await SendAsync(app, "/hooks")).Should().Be(204);
        (await SendAsync(app, "/hooks")).Should().Be(204);

        reviews.All.Should().ContainSingle();
    }

    [Fact]
    public async Task A_class_handles_it()
    {
        var reviews = new Reviews();
        await using var app = await StartAsync(reviews, app => app.MapWebhookReceiver("/hooks", receiver =>
        {
            receiver.Secret(Secret).On<ReviewCreated, ReviewHandler>("review-created");
        }));

        (await SendAsync(app, "/hooks")).Should().Be(204);

        reviews.All.Should().ContainSingle();
    }

    [Fact]
    public async Task Each_tenant_has_its_own_secret()
    {
        var (reviews, tenants) = (new Reviews(), new Tenants());
        await using var app = await StartAsync(reviews, app =>
        {
            app.MapWebhookReceiver("/hooks/{tenant}", receiver => receiver
                .Sender(async context => await tenants.FindAsync(context.Request.RouteValues["tenant"]) is { } tenant
                    ? new WebhookSender(tenant.Id, tenant.WebhookSecrets)
                    : null)
                .On<ReviewCreated, ReviewHandler>("review-created"));
        });

        (await SendAsync(app, "/hooks/acme")).Should().Be(204);
        (await SendAsync(app, "/hooks/nobody")).Should().Be(401);

        reviews.All.Should().ContainSingle();
    }

    [Fact]
    public async Task It_is_accepted_first_and_what_was_given_up_can_be_retried()
    {
        var (secret, reviews) = (Secret, new Reviews());
        await using var app = await StartAsync(reviews, app =>
            app.MapWebhookReceiver("/hooks", receiver => receiver
                .Secret(secret)
                .InBackground()
                .On<ReviewCreated, ReviewHandler>("review-created")));

        (await SendAsync(app, "/hooks")).Should().Be(202);
        await reviews.Added.Task;

        var inbox = app.Services.GetRequiredService<IWebhookInbox>();
        foreach (var message in await inbox.ListGivenUpAsync("/hooks", maxCount: 100, CancellationToken.None))
        {
            await inbox.RetryAsync(message.Message.Key, CancellationToken.None);
        }

        reviews.All.Should().ContainSingle();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task<WebApplication> StartAsync(Reviews reviews, Action<WebApplication> map)
    {
        var connectionString = $"Data Source={_directory}/receiver.db";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(reviews);
        builder.Services.AddWebhookReceiver(receiver => receiver.UseSqlite(connectionString));
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }

    private static async Task<int> SendAsync(WebApplication app, string path)
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"review-created","timestamp":"2026-04-24T14:30:00Z","data":{"id":7,"rating":5}}""");
        var (signer, headers) = (WebhookProfiles.Standard.Signer, new WebhookHeaders());
        signer.Sign(new("msg_1", TimeProvider.System.GetUtcNow(), body), [signer.SecretFormat.Parse(Secret)], headers);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, app.Urls.First() + path) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}

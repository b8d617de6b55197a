using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class FirstDeliveryTests
{
    [Fact]
    public async Task A_published_event_arrives_signed()
    {
        var cancel = TestContext.Current.CancellationToken;
        var arrived = new TaskCompletionSource<(byte[] Body, Dictionary<string, string> Headers)>();
        var web = WebApplication.CreateSlimBuilder();
        web.Logging.ClearProviders();
        web.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = web.Build();
        app.MapPost("/hooks", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            arrived.TrySetResult((body.ToArray(), context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString())));
            return Results.NoContent();
        });
        await app.StartAsync(cancel);

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddWebhooks(w => w.AllowPrivateNetworks());
        using var host = builder.Build();
        await host.StartAsync(cancel);
        var created = await host.Services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(new NewSubscription { Url = app.Urls.First() + "/hooks" }, cancel);

        var result = await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync("review-created", """{ "id": 7, "text": "é <b> & ' + 😀" }""", cancellationToken: cancel);

        result.Outcome.Should().Be(PublishOutcome.Enqueued);
        var (received, headers) = await arrived.Task.WaitAsync(TimeSpan.FromSeconds(10), cancel);
        new WebhookVerifier(WebhookProfiles.Standard.Signer, [created.Secret!]).Verify(received, name => headers.GetValueOrDefault(name)).IsVerified.Should().BeTrue();
        headers["content-type"].Should().Be("application/json");
        await host.StopAsync(cancel);
    }
}

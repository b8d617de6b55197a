using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.Dispatching;

public sealed class BodyLengthTests
{
    [Fact]
    public async Task Bodies_of_different_lengths_arrive_one_after_the_other()
    {
        var cancel = TestContext.Current.CancellationToken;
        var lengths = new ConcurrentQueue<long>();
        var web = WebApplication.CreateSlimBuilder();
        web.Logging.ClearProviders();
        web.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = web.Build();
        app.MapPost("/hooks", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            lengths.Enqueue(body.Length);
        });
        await app.StartAsync(cancel);

        var recorded = new NextRecord();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IWebhookObserver>(recorded);
        builder.Services.AddWebhooks(w => w.AllowPrivateNetworks());
        using var host = builder.Build();
        await host.StartAsync(cancel);
        await host.Services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(
            new NewSubscription { Url = app.Urls.First() + "/hooks", Profile = "dialogform" }, cancel);

        foreach (var text in new[] { "middling", "x", "the longest of the three" })
        {
            var next = recorded.Next();
            await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync("t", $"\"{text}\"", cancellationToken: cancel);
            (await next.WaitAsync(TimeSpan.FromSeconds(10), cancel)).Transition.Should().BeOfType<DeliveryTransition.Delivered>();
        }

        lengths.Should().Equal(30, 23, 46); // {"type":"t","data":"…"} is 22 bytes around the text
        await host.StopAsync(cancel);
    }

    private sealed class NextRecord : IWebhookObserver
    {
        private TaskCompletionSource<DeliveryRecord> _next = new();

        public Task<DeliveryRecord> Next() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public ValueTask OnRecordedAsync(DeliveryRecord record)
        {
            _next.TrySetResult(record);
            return ValueTask.CompletedTask;
        }
    }
}

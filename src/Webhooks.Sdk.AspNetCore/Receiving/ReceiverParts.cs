using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Receiving.InMemory;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.AspNetCore.Receiving;

/// <summary>What a receiver works with: what <c>AddWebhookReceiver</c> has registered, or else an inbox in memory of its own.</summary>
internal sealed class ReceiverParts
{
    public ReceiverParts(IServiceProvider services)
    {
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Inbox = services.GetService<IWebhookInbox>() ?? new InMemoryInbox(Microsoft.Extensions.Options.Options.Create(new InMemoryInboxOptions()), Time);
        Catalogue = services.GetService<ReceiverCatalogue>();
        Options = services.GetRequiredService<IOptions<InboxOptions>>();
        Metrics = services.GetService<ReceiverMetrics>() ?? new ReceiverMetrics(services.GetRequiredService<IMeterFactory>());
        Logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<ReceiverPipeline>();
        Runner = services.GetService<MessageRunner>()
            ?? new MessageRunner(Inbox, Options, Metrics, Time, services.GetRequiredService<ILogger<MessageRunner>>());
        Lifetime = services.GetRequiredService<IHostApplicationLifetime>();
    }

    public IWebhookInbox Inbox { get; }

    /// <summary>Null without <c>AddWebhookReceiver</c>: then nothing is handled in the background.</summary>
    public ReceiverCatalogue? Catalogue { get; }

    public IOptions<InboxOptions> Options { get; }

    public MessageRunner Runner { get; }

    public ReceiverMetrics Metrics { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public IHostApplicationLifetime Lifetime { get; }
}

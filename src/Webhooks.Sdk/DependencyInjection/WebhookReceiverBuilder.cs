using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Receiving.InMemory;

namespace Webhooks.Sdk.DependencyInjection;

/// <summary>What <c>services.AddWebhookReceiver(…)</c> gives to say where received messages are remembered. In memory by default.</summary>
public sealed class WebhookReceiverBuilder
{
    internal WebhookReceiverBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services, to register an <see cref="IWebhookInbox"/> of your own or handler classes.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Sets how long messages are remembered and how accepted ones are handled.</summary>
    public WebhookReceiverBuilder ConfigureInbox(Action<InboxOptions> configure) => Configure(configure);

    /// <summary>Sets one of the options classes of this package.</summary>
    public WebhookReceiverBuilder Configure<TOptions>(Action<TOptions> configure)
        where TOptions : class
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Reads <see cref="InboxOptions"/> from a configuration section, and <see cref="InMemoryInboxOptions"/> from its part <c>InMemory</c>.</summary>
    public WebhookReceiverBuilder Bind(IConfiguration section)
    {
        Services.Configure<InboxOptions>(o => section.Bind(o));
        Services.Configure<InMemoryInboxOptions>(o => section.GetSection("InMemory").Bind(o));
        return this;
    }
}

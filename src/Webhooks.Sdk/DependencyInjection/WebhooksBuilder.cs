using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Deliveries.InMemory;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Recovery;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.DependencyInjection;

/// <summary>What <c>services.AddWebhooks(…)</c> gives to say how webhooks are sent. Everything has a default.</summary>
public sealed class WebhooksBuilder
{
    internal WebhooksBuilder(IServiceCollection services, IHttpClientBuilder httpClient)
    {
        Services = services;
        HttpClient = httpClient;
    }

    /// <summary>The services, to register own parts: an <see cref="IWebhookDispatcher"/>, an <see cref="IWebhookObserver"/>, a store…</summary>
    public IServiceCollection Services { get; }

    /// <summary>The client that sends, to add handlers to. Its primary handler guards the addresses: add to it, do not replace it.</summary>
    public IHttpClientBuilder HttpClient { get; }

    /// <summary>Declares an event type without a payload type.</summary>
    /// <param name="name">For example <c>review-created</c>.</param>
    /// <param name="description">One sentence for the people who subscribe to it.</param>
    /// <param name="example">An example payload as JSON text.</param>
    public WebhooksBuilder AddEvent(string name, string description, string? example = null) =>
        Add(new WebhookEventType(name, description) { Example = example });

    /// <summary>Declares an event type with its payload type's source-generated metadata.</summary>
    public WebhooksBuilder AddEvent<T>(string name, string description, JsonTypeInfo<T> typeInfo, string? example = null) =>
        Add(new WebhookEventType(name, description) { Example = example, TypeInfo = typeInfo });

    /// <summary>Declares an event type whose payload type is serialised by reflection, camelCase.</summary>
    [RequiresUnreferencedCode("Reflection-based serialisation. Use the overload with a JsonTypeInfo<T> in trimmed applications.")]
    [RequiresDynamicCode("Reflection-based serialisation. Use the overload with a JsonTypeInfo<T> in AOT-compiled applications.")]
    public WebhooksBuilder AddEvent<T>(string name, string description, string? example = null) =>
        AddEvent(name, description, (JsonTypeInfo<T>)ReflectionJson.Options.GetTypeInfo(typeof(T)), example);

    /// <summary>Makes a profile the default of this host and registers it when it is not a preset.</summary>
    public WebhooksBuilder UseProfile(WebhookProfile profile)
    {
        AddProfile(profile);
        Services.Configure<WebhookOptions>(o => o.Profile = profile.Name);
        return this;
    }

    /// <summary>Registers a profile that subscriptions may name. One with a preset's name replaces the preset.</summary>
    public WebhooksBuilder AddProfile(WebhookProfile profile)
    {
        Services.AddSingleton(profile);
        return this;
    }

    /// <summary>Adds a subscription that exists because the code says so.</summary>
    public WebhooksBuilder AddSubscription(Action<StaticSubscription> configure)
    {
        var subscription = new StaticSubscription();
        configure(subscription);
        Services.AddSingleton(subscription);
        return this;
    }

    /// <summary>Allows every address, loopback and the host's own network too, and plain http. For tests and closed networks; logged as a warning.</summary>
    public WebhooksBuilder AllowPrivateNetworks()
    {
        Services.Configure<NetworkOptions>(o => o.AllowPrivateNetworks = true);
        return this;
    }

    /// <summary>
    /// Sets how TLS connections are made: trust a private CA (<see cref="SslClientAuthenticationOptions.CertificateChainPolicy"/>), check revocation,
    /// show a client certificate. The default is what the system trusts. A validation callback that always says yes lets anybody on the way read and
    /// change every delivery.
    /// </summary>
    public WebhooksBuilder ConfigureTls(Action<SslClientAuthenticationOptions> configure)
    {
        // By name: a host may have TLS options of its own.
        Services.Configure(HttpWebhookDispatcher.ClientName, configure);
        return this;
    }

    /// <summary>Encrypts stored secrets with AES-256-GCM. Several keys keep old rows readable; the first one encrypts.</summary>
    public WebhooksBuilder ProtectSecrets(params byte[][] keys)
    {
        Services.AddSingleton<IWebhookSecretProtector>(new AesGcmSecretProtector(keys));
        return this;
    }

    /// <summary>Is told of every recorded transition and every suspension.</summary>
    public WebhooksBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>()
        where TObserver : class, IWebhookObserver
    {
        Services.AddSingleton<IWebhookObserver, TObserver>();
        return this;
    }

    /// <summary>Sets how deliveries are sent.</summary>
    public WebhooksBuilder ConfigureDispatch(Action<DispatchOptions> configure) => Configure(configure);

    /// <summary>Sets what may be published.</summary>
    public WebhooksBuilder ConfigurePublish(Action<PublishOptions> configure) => Configure(configure);

    /// <summary>Sets which addresses may be called.</summary>
    public WebhooksBuilder ConfigureNetwork(Action<NetworkOptions> configure) => Configure(configure);

    /// <summary>Sets one of the options classes of this package.</summary>
    public WebhooksBuilder Configure<TOptions>(Action<TOptions> configure)
        where TOptions : class
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>
    /// Reads everything from a configuration section, usually <c>Webhooks</c>: <c>Profile</c> and <c>Subscriptions</c>, and a part for each
    /// options class: <c>Publish</c>, <c>Dispatch</c>, <c>Network</c>, <c>Retention</c>, <c>SubscriptionRules</c>, <c>InMemory</c>. Later calls win.
    /// </summary>
    public WebhooksBuilder Bind(IConfiguration section)
    {
        Services.Configure<WebhookOptions>(o => section.Bind(o));
        Services.Configure<PublishOptions>(o => section.GetSection("Publish").Bind(o));
        Services.Configure<DispatchOptions>(o => section.GetSection("Dispatch").Bind(o));
        Services.Configure<NetworkOptions>(o => section.GetSection("Network").Bind(o));
        Services.Configure<RetentionOptions>(o => section.GetSection("Retention").Bind(o));
        Services.Configure<SubscriptionOptions>(o => section.GetSection("SubscriptionRules").Bind(o));
        Services.Configure<InMemoryStoreOptions>(o => section.GetSection("InMemory").Bind(o));
        return this;
    }

    private WebhooksBuilder Add(WebhookEventType type)
    {
        Services.AddSingleton(type);
        return this;
    }
}

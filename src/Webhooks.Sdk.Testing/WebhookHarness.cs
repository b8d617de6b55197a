using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Clocks;
using Webhooks.Sdk.Testing.Hosting;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// Webhooks in a host of their own, in memory, on time that is moved by hand, with a receiver beside them. It is a publisher, so every form of
/// <c>PublishAsync</c> can be called on it.
/// </summary>
public sealed class WebhookHarness : WebhookProbe, IWebhookPublisher, IAsyncDisposable
{
    private readonly IHost _host;
    private bool _isStopped;

    private WebhookHarness(ManualTimeProvider time, WebhookReceiver receiver, Action<WebhooksBuilder>? configure) : base(time)
    {
        Receiver = receiver;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddWebhooks(webhooks =>
        {
            webhooks.AllowPrivateNetworks();
            configure?.Invoke(webhooks);
            webhooks.UseTestHarness(this);
        });
        _host = builder.Build();
    }

    /// <summary>Where <see cref="SubscribeAsync(string[])"/> sends its events. It answers 200 unless told otherwise.</summary>
    public WebhookReceiver Receiver { get; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>The host's publisher.</summary>
    public IWebhookPublisher Publisher => Services.GetRequiredService<IWebhookPublisher>();

    /// <summary>The host's subscriptions.</summary>
    public IWebhookSubscriptions Subscriptions => Services.GetRequiredService<IWebhookSubscriptions>();

    /// <summary>The host's deliveries.</summary>
    public IWebhookDeliveries Deliveries => Services.GetRequiredService<IWebhookDeliveries>();

    /// <summary>Starts a receiver and a host.</summary>
    /// <param name="configure">What the host under test does in <c>AddWebhooks</c>. Private networks are allowed.</param>
    /// <param name="start">When its time starts; 2026-01-01T00:00:00Z by default.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<WebhookHarness> StartAsync(
        Action<WebhooksBuilder>? configure = null, DateTimeOffset? start = null, CancellationToken cancellationToken = default)
    {
        var time = new ManualTimeProvider(start);
        var receiver = await WebhookReceiver.StartAsync(new WebhookReceiverOptions { Time = time }, cancellationToken);
        try
        {
            var harness = new WebhookHarness(time, receiver, configure);
            await harness._host.StartAsync(cancellationToken);
            return harness;
        }
        catch
        {
            await receiver.DisposeAsync();
            throw;
        }
    }

    /// <summary>Subscribes the receiver to these event types, all by default, in the host's default profile.</summary>
    public ValueTask<SubscriptionWithSecret> SubscribeAsync(params string[] eventTypes) => SubscribeAsync(null, eventTypes);

    /// <summary>Subscribes the receiver in a profile: to these event types, or to those that the profile's own system sends.</summary>
    public ValueTask<SubscriptionWithSecret> SubscribeAsync(WebhookProfile? profile, params string[] eventTypes) => Subscriptions.CreateAsync(new NewSubscription
    {
        Url = Receiver.Url,
        Profile = profile?.Name,
        EventTypes = eventTypes.Length == 0 && profile is { RequiresEventTypes: true } ? profile.EventTypes : eventTypes,
    });

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(NewWebhookEvent newEvent, DbTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        Publisher.PublishAsync(newEvent, transaction, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PublishResult>> PublishManyAsync(
        IReadOnlyList<NewWebhookEvent> newEvents, DbTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        Publisher.PublishManyAsync(newEvents, transaction, cancellationToken);

    /// <summary>Stops the host as a shutdown would. What is in flight may end until the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _host.StopAsync(cancellationToken);
        }
    }

    /// <summary>Stops the host, without grace for what is in flight, and the receiver.</summary>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource();
        var stopped = StopAsync(grace.Token);
        await grace.CancelAsync();
        await stopped;
        await Receiver.DisposeAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}

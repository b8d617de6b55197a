using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Receiving;

namespace ConsoleHost.Tour;

/// <summary>Both ends on this machine: the host that sends, and the receiver where every customer has a path of its own.</summary>
internal sealed class TourGround : IAsyncDisposable
{
    private readonly WebhookReceiver _receiver;

    private TourGround(SendingHost host, WebhookReceiver receiver)
    {
        Host = host;
        _receiver = receiver;
    }

    public SendingHost Host { get; }

    public static async Task<TourGround> PrepareAsync(CancellationToken cancellationToken)
    {
        var receiver = await WebhookReceiver.StartAsync(cancellationToken: cancellationToken);

        // The receiver is on loopback, which no webhook may be sent to by default.
        var host = await SendingHost.StartAsync(static webhooks => webhooks.AllowPrivateNetworks(), cancellationToken);
        return new TourGround(host, receiver);
    }

    /// <summary>A new customer, subscribed.</summary>
    public async Task<Customer> CustomerAsync(CustomerPlan plan, CancellationToken cancellationToken)
    {
        var path = $"/{plan.TenantId}/{plan.Profile.Name}";
        var created = await Host.Subscriptions.CreateAsync(new NewSubscription
        {
            TenantId = plan.TenantId,
            Url = _receiver.UrlFor(path),
            Name = plan.Name,
            EventTypes = plan.EventTypes,
            Profile = plan.Profile.Name,
            Secret = plan.Secret,
        }, cancellationToken);
        return new Customer(plan.Profile, created, Host, _receiver, path);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _receiver.DisposeAsync();
    }
}

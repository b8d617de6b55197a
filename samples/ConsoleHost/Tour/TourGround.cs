using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Receiving;

namespace ConsoleHost.Tour;

/// <summary>Both ends on this machine: the host that sends, with its file, and the receiver where every customer has a path of its own.</summary>
internal sealed class TourGround : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebhookReceiver _receiver;

    private TourGround(DirectoryInfo folder, SendingHost host, WebhookReceiver receiver)
    {
        _folder = folder;
        Host = host;
        _receiver = receiver;
    }

    public SendingHost Host { get; private set; }

    public static async Task<TourGround> PrepareAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("webhooks-tour-");
        var receiver = await WebhookReceiver.StartAsync(cancellationToken: cancellationToken);
        return new TourGround(folder, await StartAsync(folder, cancellationToken), receiver);
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
        return new Customer(plan.Profile, created, this, _receiver, path);
    }

    /// <summary>The application ends at once, whatever it is doing, and starts again: what it knows then is what is in the file.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await Host.EndNowAsync();
        Host = await StartAsync(_folder, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _receiver.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // The receiver is on loopback, which no webhook may be sent to by default.
    private static Task<SendingHost> StartAsync(DirectoryInfo folder, CancellationToken cancellationToken) => SendingHost.StartAsync(
        webhooks => webhooks.AllowPrivateNetworks().UseSqlite($"Data Source={Path.Combine(folder.FullName, "webhooks.db")}"), cancellationToken);
}

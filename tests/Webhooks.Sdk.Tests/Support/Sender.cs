using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Dispatching;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>The dispatcher as a host gets it, without the worker in front.</summary>
internal sealed class Sender : IAsyncDisposable
{
    /// <summary>Long enough that no machine is too slow: for tests in which nothing is supposed to take time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>The deadline of tests in which the receiver never answers.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(700);

    private readonly ServiceProvider _services;

    private Sender(HostResolver? resolver, Action<WebhooksBuilder> configure)
    {
        var services = new ServiceCollection();
        if (resolver is not null)
        {
            services.AddSingleton(resolver);
        }

        services.AddWebhooks(configure);
        _services = services.BuildServiceProvider();
        Dispatcher = _services.GetRequiredService<IWebhookDispatcher>();
    }

    public IWebhookDispatcher Dispatcher { get; }

    /// <summary>May call loopback.</summary>
    public static Sender Local(Action<WebhooksBuilder>? configure = null, HostResolver? resolver = null) => new(resolver, w =>
    {
        w.AllowPrivateNetworks();
        configure?.Invoke(w);
    });

    /// <summary>With the rules that a host has that sets nothing.</summary>
    public static Sender Guarded(HostResolver? resolver = null, Action<WebhooksBuilder>? configure = null) => new(resolver, w => configure?.Invoke(w));

    public static WebhookRequest Request(Uri url, string body = "{}", TimeSpan? timeout = null) => new()
    {
        Url = url,
        ContentType = "application/json",
        Body = Encoding.UTF8.GetBytes(body),
        Timeout = timeout ?? Patience,
    };

    public ValueTask<AttemptResult> SendAsync(Uri url, TimeSpan? timeout = null, string body = "{}") =>
        SendAsync(Request(url, body, timeout));

    public ValueTask<AttemptResult> SendAsync(WebhookRequest request) =>
        Dispatcher.DispatchAsync(request, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

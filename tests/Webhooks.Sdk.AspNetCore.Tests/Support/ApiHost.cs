using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.AspNetCore.Tests.Support;

/// <summary>An application with the management API on Kestrel, two projects as tenants, and a customer's receiver beside it.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const string Prefix = "/api/webhooks";
    public const string Owner = "owner of project-1";
    public const string OtherOwner = "owner of project-2";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private ApiHost(WebApplication app, WebhookProbe probe, WebhookReceiver receiver)
    {
        _app = app;
        Probe = probe;
        Receiver = receiver;
        _client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public WebhookProbe Probe { get; }

    public WebhookReceiver Receiver { get; }

    public IServiceProvider Services => _app.Services;

    public IWebhookPublisher Publisher => Services.GetRequiredService<IWebhookPublisher>();

    public IWebhookSubscriptions Subscriptions => Services.GetRequiredService<IWebhookSubscriptions>();

    public IWebhookDeliveries Deliveries => Services.GetRequiredService<IWebhookDeliveries>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ApiHost> StartAsync(
        Action<WebhooksBuilder>? webhooks = null, Action<WebApplication>? map = null, Action<WebApplicationBuilder>? configure = null)
    {
        WebhookProbe probe = new();
        var receiver = await WebhookReceiver.StartAsync(new WebhookReceiverOptions { Time = probe.Time }, Cancel);
        var app = await WebHost.StartAsync(
            map ?? (a => a.MapWebhooks(Prefix).RequireAuthorization("Owner")),
            w =>
            {
                w.UseTenantFromClaim("project");
                w.AddEvent("review-created", "A customer submits a rating or review.", SampleJson.Default.ReviewCreated, """{"id":7,"rating":5,"text":"Nice"}""");
                w.AddEvent("messages.sent", "A message was sent.", """{"to":"a@example.com"}""");
                webhooks?.Invoke(w);
                w.UseTestHarness(probe);
            },
            b =>
            {
                TestUsers.Add(b.Services);
                configure?.Invoke(b);
            });
        return new(app, probe, receiver);
    }

    /// <summary>Sends a request as somebody; the path is below the API's prefix unless it begins with a tilde.</summary>
    public async Task<Answer> SendAsync(
        string method, string path, string? json = null, string? user = Owner, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path.StartsWith('~') ? path[1..] : Prefix + path);
        if (user is not null)
        {
            request.Headers.Add(TestUsers.Header, user);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await _client.SendAsync(request, Cancel);
        return await Answer.ReadAsync(response, Cancel);
    }

    public Task<Answer> GetAsync(string path, string? user = Owner) => SendAsync("GET", path, user: user);

    public Task<Answer> PostAsync(string path, string? json = null, string? user = Owner) => SendAsync("POST", path, json, user);

    /// <summary>Creates a subscription by the API and returns it.</summary>
    public async Task<JsonNode> SubscribeAsync(string path = "/hook", string more = "", string user = Owner)
    {
        var created = await PostAsync("/subscriptions", $$"""{"url":"{{Receiver.UrlFor(path)}}"{{more}}}""", user);
        created.Status.Should().Be(201, created.Text);
        return created.Json!;
    }

    /// <summary>Publishes an event and lets it be delivered; returns its id.</summary>
    public async Task<string> PublishAsync(string type = "messages.sent", string data = """{"to":"a@example.com"}""", string tenant = "project-1")
    {
        var published = await Publisher.PublishAsync(type, data, tenantId: tenant, cancellationToken: Cancel);
        await Probe.SettleAsync(Cancel);
        return published.EventId;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}

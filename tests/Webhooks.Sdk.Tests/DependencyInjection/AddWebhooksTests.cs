using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Recovery;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.DependencyInjection;

public sealed class AddWebhooksTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Calling_it_twice_registers_everything_once()
    {
        var services = new ServiceCollection();
        services.AddWebhooks();
        var once = services.Count(s => s.ServiceType == typeof(IHostedService));

        services.AddWebhooks();

        services.Count(s => s.ServiceType == typeof(IHostedService)).Should().Be(once);
        services.Count(s => s.ServiceType == typeof(IWebhookPublisher)).Should().Be(1);
        services.Count(s => s.ServiceType == typeof(IWebhookDeliveryStore)).Should().Be(1);
    }

    [Fact]
    public void What_the_host_registered_before_is_kept()
    {
        var dispatcher = new NoDispatcher();
        var services = new ServiceCollection();
        services.AddSingleton<IWebhookDispatcher>(dispatcher);
        services.AddWebhooks();

        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IWebhookDispatcher>().Should().BeSameAs(dispatcher);
    }

    [Fact]
    public async Task Everything_binds_from_configuration()
    {
        using var host = NewHost(w => w.Bind(Configuration(new()
        {
            ["Webhooks:Profile"] = "moregoodreviews",
            ["Webhooks:Publish:MaxPayloadBytes"] = "1000",
            ["Webhooks:Publish:KeepAllEvents"] = "true",
            ["Webhooks:Dispatch:MaxConcurrency"] = "7",
            ["Webhooks:Dispatch:Lease"] = "00:02:00",
            ["Webhooks:Dispatch:CircuitBreaker:FailureRatio"] = "0.25",
            ["Webhooks:Network:AllowedNetworks:0"] = "10.1.0.0/16",
            ["Webhooks:Retention:Age"] = "7.00:00:00",
            ["Webhooks:SubscriptionRules:MaxPerTenant"] = "3",
            ["Webhooks:InMemory:MaxPending"] = "50",
            ["Webhooks:Subscriptions:0:Id"] = "billing",
            ["Webhooks:Subscriptions:0:TenantId"] = "acme",
            ["Webhooks:Subscriptions:0:Url"] = "https://10.1.2.3/hooks",
            ["Webhooks:Subscriptions:0:EventTypes:0"] = "invoice.*",
            ["Webhooks:Subscriptions:0:Secret"] = Secret,
            ["Webhooks:Subscriptions:0:Headers:X-Env"] = "test",
            ["Webhooks:Subscriptions:0:MaxPerSecond"] = "2.5",
            ["Webhooks:Subscriptions:0:Ordering"] = "Fifo",
        })));
        await host.StartAsync(Cancel);

        Get<WebhookProfileCatalogue>(host).Default.Name.Should().Be("moregoodreviews");
        Option<PublishOptions>(host).Should().BeEquivalentTo(new { MaxPayloadBytes = 1000, KeepAllEvents = true });
        Option<DispatchOptions>(host).Should().BeEquivalentTo(new { MaxConcurrency = 7, Lease = TimeSpan.FromMinutes(2) });
        Option<DispatchOptions>(host).CircuitBreaker.FailureRatio.Should().Be(0.25);
        Option<NetworkOptions>(host).AllowedNetworks.Should().Equal("10.1.0.0/16");
        Option<RetentionOptions>(host).Age.Should().Be(TimeSpan.FromDays(7));
        var subscription = await Get<IWebhookSubscriptions>(host).GetAsync("billing", Cancel);
        subscription.Should().BeEquivalentTo(new
        {
            TenantId = "acme",
            Url = "https://10.1.2.3/hooks",
            EventTypes = new[] { "invoice.*" },
            Profile = "moregoodreviews",
            MaxPerSecond = 2.5,
            Ordering = DeliveryOrdering.Fifo,
        });
        subscription.Headers.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("X-Env", "test"));
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_lease_may_be_short_when_every_preset_is_replaced_by_a_quicker_one()
    {
        using var host = NewHost(w =>
        {
            w.ConfigureDispatch(d => d.Lease = TimeSpan.FromSeconds(3));
            foreach (var preset in WebhookProfiles.All)
            {
                w.AddProfile(preset).AddProfile(preset with { Timeout = TimeSpan.FromSeconds(2) });
            }
        });

        await host.StartAsync(Cancel);

        Option<DispatchOptions>(host).Lease.Should().Be(TimeSpan.FromSeconds(3));
        await host.StopAsync(Cancel);
    }

    [Theory]
    [InlineData("Webhooks:Profile", "nobody", "There is no profile 'nobody'*Register your own with webhooks.AddProfile*")]
    [InlineData("Webhooks:Dispatch:MaxConcurrency", "0", "*DispatchOptions.MaxConcurrency is 0; it must be from 1*")]
    [InlineData("Webhooks:Dispatch:Lease", "00:00:15", "*DispatchOptions.Lease is 00:00:15, but an attempt*")]
    [InlineData("Webhooks:Dispatch:UserAgent", "a\r\nX-Evil: 1", "*DispatchOptions.UserAgent must be*")]
    [InlineData("Webhooks:Dispatch:CircuitBreaker:MinimumThroughput", "1", "*CircuitBreaker.MinimumThroughput is 1*")]
    [InlineData("Webhooks:Publish:MaxPayloadBytes", "0", "*PublishOptions.MaxPayloadBytes is 0*")]
    public async Task A_bad_option_stops_the_start_and_names_itself(string key, string value, string message)
    {
        using var host = NewHost(w => w.Bind(Configuration(new() { [key] = value })));

        var start = () => host.StartAsync(Cancel);

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage(message);
    }

    [Theory]
    [InlineData("", Secret, "*needs an Id*")]
    [InlineData("billing", null, "*needs a Secret*")]
    [InlineData("billing", "whsec_short", "*(secret.*)*")]
    public async Task A_bad_configured_subscription_stops_the_start(string id, string? secret, string message)
    {
        using var host = NewHost(w => w.AddSubscription(s => (s.Id, s.Url, s.Secret) = (id, "https://example.com/", secret)));

        var start = () => host.StartAsync(Cancel);

        (await start.Should().ThrowAsync<WebhookValidationException>()).WithMessage(message);
    }

    [Fact]
    public async Task A_configured_subscription_is_brought_up_to_date_at_the_next_start_and_stays_off_when_it_was_switched_off()
    {
        // The store outlives the host, as a durable one does.
        using var first = NewHost(w => w.AddSubscription(s => (s.Id, s.Url, s.Secret) = ("billing", "https://old.example.com/", Secret)));
        await first.StartAsync(Cancel);
        await Get<IWebhookSubscriptions>(first).DisableAsync("billing", "by its owner", Cancel);
        var store = Get<IWebhookSubscriptionStore>(first);
        var before = await store.FindAsync("billing", Cancel);

        using var second = NewHost(w =>
        {
            w.Services.AddSingleton(store);
            w.AddSubscription(s => (s.Id, s.Url, s.Secret, s.Name) = ("billing", "https://new.example.com/", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "Billing"));
        });
        await second.StartAsync(Cancel);

        var after = await Get<IWebhookSubscriptions>(second).GetAsync("billing", Cancel);
        after.Url.Should().Be("https://new.example.com/");
        after.Name.Should().Be("Billing");
        after.State.Should().Be(SubscriptionState.Disabled);
        after.Secrets.Should().HaveCount(2, "the old secret signs beside the new one for a while");
        after.Version.Should().BeGreaterThan(before!.Version);
    }

    [Fact]
    public void A_profile_of_the_host_can_be_the_default()
    {
        var ours = WebhookProfiles.Standard with { Name = "ours", RetryPolicy = WebhookRetryPolicy.Exponential(TimeSpan.FromSeconds(1), 2, TimeSpan.FromHours(1), 8) };
        using var host = NewHost(w => w.UseProfile(ours));

        Get<WebhookProfileCatalogue>(host).Default.Should().BeSameAs(ours);
        Get<WebhookProfileCatalogue>(host).Get("reviewsense").Should().BeSameAs(WebhookProfiles.ReviewSense);
    }

    private static IHost NewHost(Action<WebhooksBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddWebhooks(configure);
        return builder.Build();
    }

    private static IConfigurationSection Configuration(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("Webhooks");

    private static T Get<T>(IHost host)
        where T : notnull => host.Services.GetRequiredService<T>();

    private static T Option<T>(IHost host)
        where T : class => host.Services.GetRequiredService<IOptions<T>>().Value;

    private sealed class NoDispatcher : IWebhookDispatcher
    {
        public ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort) => new(new AttemptResult { StatusCode = 204 });
    }
}

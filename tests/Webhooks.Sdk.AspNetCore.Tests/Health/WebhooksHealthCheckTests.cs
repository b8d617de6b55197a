using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Sdk.AspNetCore.Health;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Clocks;

namespace Webhooks.Sdk.AspNetCore.Tests.Health;

/// <summary>Nothing is sent here: the worker is not started, so what is published waits.</summary>
public sealed class WebhooksHealthCheckTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_store_is_healthy()
    {
        await using var services = Build();

        var report = await CheckAsync(services);

        report.Status.Should().Be(HealthStatus.Healthy);
        report.Data.Should().Contain("pending", 0L).And.Contain("suspended", 0).And.Contain("oldest_due_age_seconds", 0d);
    }

    [Theory]
    [InlineData(299, HealthStatus.Healthy)]
    [InlineData(300, HealthStatus.Degraded)]
    [InlineData(3599, HealthStatus.Degraded)]
    [InlineData(3600, HealthStatus.Unhealthy)]
    public async Task The_age_of_the_oldest_due_delivery_decides(int seconds, HealthStatus status)
    {
        await using var services = Build();
        await PublishAsync(services);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        var report = await CheckAsync(services);

        report.Status.Should().Be(status);
        report.Data["pending"].Should().Be(1L);
        report.Data["oldest_due_age_seconds"].Should().Be((double)seconds);
    }

    [Fact]
    public async Task Limits_can_be_taken_away()
    {
        await using var services = Build(o => (o.DegradedAfter, o.UnhealthyAfter) = (null, null));
        await PublishAsync(services);
        _time.Advance(TimeSpan.FromDays(3));

        (await CheckAsync(services)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Theory]
    [InlineData(false, HealthStatus.Healthy)]
    [InlineData(true, HealthStatus.Degraded)]
    public async Task Suspended_endpoints_are_reported_and_degrade_if_the_host_says_so(bool degrades, HealthStatus status)
    {
        await using var services = Build(o => o.DegradedWhenSuspended = degrades);
        var created = await services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(new NewSubscription { Url = "https://example.com/" }, Cancel);
        var store = services.GetRequiredService<IWebhookSubscriptionStore>();
        await store.UpdateAsync(created.Subscription with { State = SubscriptionState.Suspended, Version = 2 }, 1, Cancel);

        var report = await CheckAsync(services);

        report.Status.Should().Be(status);
        report.Data["suspended"].Should().Be(1);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_unhealthy()
    {
        await using var services = Build(configure: s => s.AddSingleton<IWebhookDeliveries, BrokenDeliveries>());

        var report = await CheckAsync(services);

        report.Status.Should().Be(HealthStatus.Unhealthy);
        report.Exception.Should().BeOfType<IOException>();
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider services) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel)).Entries["webhooks"];

    private static async Task PublishAsync(ServiceProvider services)
    {
        await services.GetRequiredService<IWebhookSubscriptions>().CreateAsync(new NewSubscription { Url = "https://example.com/" }, Cancel);
        await services.GetRequiredService<IWebhookPublisher>().PublishAsync("a", "{}", cancellationToken: Cancel);
    }

    private ServiceProvider Build(Action<WebhooksHealthOptions>? limits = null, Action<IServiceCollection>? configure = null)
    {
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(_time);
        services.AddWebhooks();
        services.AddHealthChecks().AddWebhooks(limits);
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private sealed class BrokenDeliveries : IWebhookDeliveries
    {
        public ValueTask<DeliveryBacklog> GetBacklogAsync(CancellationToken cancellationToken = default) => throw new IOException("The disk is gone.");

        public ValueTask<Page<WebhookDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<Page<DeliveryAttemptRecord>> ListAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<AttemptSummary>> SummariseAsync(AttemptSummaryQuery query, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<WebhookEvent?> FindEventAsync(string eventId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<ResendOutcome> ResendAsync(Guid deliveryId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<int> RecoverAsync(string subscriptionId, DateTimeOffset since, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}

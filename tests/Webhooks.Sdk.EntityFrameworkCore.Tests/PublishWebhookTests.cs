using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Webhooks.Sdk.EntityFrameworkCore.Outbox;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>What the call itself does: no database is needed for it.</summary>
public sealed class PublishWebhookTests : IDisposable
{
    private readonly ServiceProvider _host = Services().BuildServiceProvider();
    private readonly IServiceScope _request;
    private readonly ReviewDb _db;

    public PublishWebhookTests()
    {
        _request = _host.CreateScope();
        _db = _request.ServiceProvider.GetRequiredService<ReviewDb>();
    }

    private WebhookOutboxMessage OneRow => _db.ChangeTracker.Entries<WebhookOutboxMessage>().Single(e => e.State == EntityState.Added).Entity;

    [Fact]
    public void A_declared_object_is_published_under_its_name()
    {
        var id = _db.PublishWebhook(new ReviewCreated(7, 5), "project-42");

        OneRow.Should().BeEquivalentTo(new { EventId = id, Type = "review-created", TenantId = "project-42", Attempts = 0 });
        Encoding.UTF8.GetString(OneRow.Data).Should().Be("""{"id":7,"rating":5}""");
    }

    [Fact]
    public void Json_is_published_under_any_name_and_minified()
    {
        _db.PublishWebhook("messages.sent", """{ "id": 1.0 }""", "project-42");

        OneRow.Type.Should().Be("messages.sent");
        Encoding.UTF8.GetString(OneRow.Data).Should().Be("""{"id":1.0}""");
    }

    [Fact]
    public void An_event_may_bring_its_own_id_time_and_tenant_name()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(17);

        var id = _db.PublishWebhook(new NewWebhookEvent { Type = "a", Data = "1", Id = "order-1", CreatedAt = at, TenantId = "t", TenantName = "Tenant" });

        id.Should().Be("order-1");
        OneRow.Should().BeEquivalentTo(new { EventId = "order-1", TenantName = "Tenant", CreatedAt = at.AddTicks(-7) });
    }

    [Fact]
    public void What_is_published_is_frozen_at_the_call()
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse("""{"rating":5}""")!;
        _db.PublishWebhook("review-created", node);
        node["rating"] = 1;

        Encoding.UTF8.GetString(OneRow.Data).Should().Be("""{"rating":5}""");
    }

    [Fact]
    public void The_trace_is_the_one_of_the_call()
    {
        using var activity = new Activity("request").Start();
        _db.PublishWebhook("a", "1");
        OneRow.TraceParent.Should().Be(activity.Id);
    }

    [Fact]
    public void Rows_are_in_the_order_of_the_calls()
    {
        var ids = Enumerable.Range(0, 100).Select(i => _db.PublishWebhook("a", $"{i}")).ToList();

        _db.ChangeTracker.Entries<WebhookOutboxMessage>().Select(e => e.Entity).OrderBy(m => m.Position).Select(m => m.EventId).Should().Equal(ids);
        _db.ChangeTracker.Entries<WebhookOutboxMessage>().Select(e => e.Entity.Position).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("a", "{", "t", "payload.not_json")]
    [InlineData("a", """{"a":1,"a":2}""", "t", "payload.not_json")]
    [InlineData("a b", "1", "t", "event_type")]
    [InlineData("a", "1", "", "id.empty")]
    [InlineData("a", "1", "t\n", "id.control_character")]
    public void What_cannot_be_published_is_refused_at_the_call(string type, string json, string tenantId, string rule)
    {
        var publish = () => _db.PublishWebhook(type, json, tenantId);

        publish.Should().Throw<WebhookValidationException>().Which.Errors.Single().Rule.Should().StartWith(rule);
        _db.ChangeTracker.Entries().Should().BeEmpty();
    }

    [Fact]
    public void A_payload_over_the_limit_is_refused_at_the_call()
    {
        var publish = () => _db.PublishWebhook("a", $"\"{new string('x', 256 * 1024)}\"");

        publish.Should().Throw<WebhookValidationException>().Which.Errors.Single().Rule.Should().Be("payload.too_large");
        _db.ChangeTracker.Entries().Should().BeEmpty();
    }

    [Fact]
    public void An_undeclared_object_is_refused_with_the_call_that_declares_it()
    {
        var publish = () => _db.PublishWebhook(new Review(), "project-42");
        publish.Should().Throw<WebhookException>().WithMessage("*webhooks.AddEvent<Review>*");
    }

    [Fact]
    public void A_context_made_by_hand_is_told_how_to_be_registered()
    {
        using var db = new ReviewDb(new DbContextOptionsBuilder<ReviewDb>().UseNpgsql("Host=127.0.0.1").Options);
        var publish = () => db.PublishWebhook("a", "1");
        publish.Should().Throw<WebhookException>().WithMessage("*services.AddDbContext<ReviewDb>(*UseApplicationServiceProvider*");
    }

    [Fact]
    public void A_context_made_by_hand_can_be_given_the_hosts_services()
    {
        using var db = new ReviewDb(new DbContextOptionsBuilder<ReviewDb>().UseNpgsql("Host=127.0.0.1").UseApplicationServiceProvider(_host).Options);
        db.PublishWebhook("a", "1").Should().StartWith("evt_");
    }

    [Fact]
    public void A_host_without_a_relay_is_told_which_call_is_missing()
    {
        using var host = new ServiceCollection().AddDbContext<ReviewDb>(o => o.UseNpgsql("Host=127.0.0.1")).AddWebhooks().Services.BuildServiceProvider();
        using var scope = host.CreateScope();
        var publish = () => scope.ServiceProvider.GetRequiredService<ReviewDb>().PublishWebhook("a", "1");
        publish.Should().Throw<WebhookException>().WithMessage("*webhooks.UseEntityFrameworkCore<ReviewDb>()*");
    }

    [Fact]
    public async Task A_model_without_the_outbox_is_told_which_call_is_missing_when_the_host_starts()
    {
        var services = new ServiceCollection().AddDbContext<BareDb>(o => o.UseNpgsql("Host=127.0.0.1"));
        services.AddWebhooks(w => w.UseEntityFrameworkCore<BareDb>());
        await using var host = services.BuildServiceProvider();
        using var scope = host.CreateScope();

        var publish = () => scope.ServiceProvider.GetRequiredService<BareDb>().PublishWebhook("a", "1");
        var start = () => host.GetServices<IHostedService>().Last().StartAsync(TestContext.Current.CancellationToken);

        publish.Should().Throw<WebhookException>().WithMessage("*modelBuilder.AddWebhooks()*");
        await start.Should().ThrowAsync<WebhookException>().WithMessage("*modelBuilder.AddWebhooks()*");
    }

    [Fact]
    public async Task A_context_that_is_not_registered_is_named_when_the_host_starts()
    {
        var services = new ServiceCollection();
        services.AddWebhooks(w => w.UseEntityFrameworkCore<ReviewDb>());
        await using var host = services.BuildServiceProvider();

        var start = () => host.GetServices<IHostedService>().Last().StartAsync(TestContext.Current.CancellationToken);

        await start.Should().ThrowAsync<WebhookException>().WithMessage("*services.AddDbContext<ReviewDb>(*");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Contexts_of_a_pool_and_of_a_factory_publish_too(bool pooled)
    {
        var services = new ServiceCollection();
        _ = pooled ? services.AddPooledDbContextFactory<ReviewDb>(o => o.UseNpgsql("Host=127.0.0.1")) : services.AddDbContextFactory<ReviewDb>(o => o.UseNpgsql("Host=127.0.0.1"));
        services.AddWebhooks(w => w.UseEntityFrameworkCore<ReviewDb>());
        using var host = services.BuildServiceProvider();

        using var db = host.GetRequiredService<IDbContextFactory<ReviewDb>>().CreateDbContext();

        db.PublishWebhook("a", "1").Should().StartWith("evt_");
    }

    [Fact]
    public void Registering_twice_is_registering_once()
    {
        Services(w => w.UseEntityFrameworkCore<ReviewDb>()).Count(s => s.ServiceType == typeof(IHostedService))
            .Should().Be(Services().Count(s => s.ServiceType == typeof(IHostedService)));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        using var host = Services(w => w.UseEntityFrameworkCore<ReviewDb>(o => o.BatchSize = 0)).BuildServiceProvider();
        var start = () => host.GetServices<IHostedService>().ToList();
        start.Should().Throw<Microsoft.Extensions.Options.OptionsValidationException>().WithMessage("*OutboxRelayOptions.BatchSize*");
    }

    public void Dispose()
    {
        _request.Dispose();
        _host.Dispose();
    }

    private static ServiceCollection Services(Action<Webhooks.Sdk.DependencyInjection.WebhooksBuilder>? more = null)
    {
        var services = new ServiceCollection();
        services.AddDbContext<ReviewDb>(o => o.UseNpgsql("Host=127.0.0.1"));
        services.AddWebhooks(w =>
        {
            w.AddEvent<ReviewCreated>("review-created", "A customer submits a rating or review.");
            w.UseEntityFrameworkCore<ReviewDb>();
            more?.Invoke(w);
        });
        return services;
    }

    private sealed class BareDb(DbContextOptions<BareDb> options) : DbContext(options);
}

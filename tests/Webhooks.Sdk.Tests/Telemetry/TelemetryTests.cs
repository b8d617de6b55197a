using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Tests.Telemetry;

public sealed class TelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_is_counted_and_timed_without_ids_in_the_tags()
    {
        var measured = new ConcurrentDictionary<string, Dictionary<string, object?>>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Meter.Name == "Webhooks.Sdk") { l.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((i, _, tags, _) => measured[i.Name] = new(tags.ToArray()));
        listener.SetMeasurementEventCallback<double>((i, _, tags, _) => measured[i.Name] = new(tags.ToArray()));
        listener.Start();
        var type = $"metrics-{Guid.NewGuid():N}";
        await using var engine = await EngineHost.StartAsync(_ => new() { StatusCode = 410, Duration = TimeSpan.FromSeconds(2) });
        await engine.Subscriptions.CreateAsync(new NewSubscription { Url = "https://example.com/" }, Cancel);

        await engine.Publisher.PublishAsync(new() { Type = type, Data = "{}" }, cancellationToken: Cancel);
        await engine.NextRecordAsync();
        await engine.DisposeAsync();

        measured["webhooks.events.published"].Should().Contain("webhooks.outcome", "enqueued");
        measured["webhooks.delivery.attempts"].Should().BeEquivalentTo(new Dictionary<string, object?>
        {
            ["webhooks.event.type"] = type, ["http.response.status_code"] = 410, ["error.type"] = "None",
        });
        measured["webhooks.delivery.attempt.duration"].Should().ContainKey("http.response.status_code");
        measured["webhooks.deliveries.failed"].Should().Contain("webhooks.reason", "EndpointGone");
        measured.Should().ContainKey("webhooks.subscriptions.suspended");
    }

    [Fact]
    public async Task An_attempt_has_a_trace_of_its_own_that_is_linked_to_the_publication()
    {
        using var host = new ActivitySource("the host");
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Webhooks.Sdk" or "the host",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var engine = await EngineHost.StartAsync(_ => new() { StatusCode = 204 });
        await engine.Subscriptions.CreateAsync(new NewSubscription { Url = "https://example.com/" }, Cancel);

        var type = $"traced-{Guid.NewGuid():N}";
        ActivityTraceId trace;
        using (var request = host.StartActivity("a request")!)
        {
            trace = request.TraceId;
            await engine.Publisher.PublishAsync(new() { Type = type, Data = "{}" }, cancellationToken: Cancel);
        }

        await engine.NextRecordAsync();
        await engine.DisposeAsync();

        var attempt = ended.Should().ContainSingle(a => a.DisplayName == $"deliver {type}").Subject;
        attempt.Kind.Should().Be(ActivityKind.Client);
        attempt.TraceId.Should().NotBe(trace);
        var publication = ended.Should().ContainSingle(a => a.DisplayName == $"publish {type}").Subject;
        publication.Kind.Should().Be(ActivityKind.Producer);
        publication.TraceId.Should().Be(trace);
        attempt.Links.Should().ContainSingle().Which.Context.SpanId.Should().Be(publication.SpanId);
    }

    [Fact]
    public async Task Nothing_secret_is_logged_at_any_level()
    {
        var signature = "";
        await using var engine = await EngineHost.StartAsync(request =>
        {
            signature = request.Headers.Single(h => h.Key == "webhook-signature").Value;
            return new() { Error = AttemptError.Connect, ErrorMessage = "refused" };
        }, w => w.UseProfile(WebhookProfiles.GitHub with { Name = "once", Signer = WebhookProfiles.Standard.Signer }));
        var created = await engine.Subscriptions.CreateAsync(
            new NewSubscription { Url = "https://example.com/hooks?token=q-secret", Headers = new Dictionary<string, string> { ["X-Key"] = "h-secret" } }, Cancel);

        await engine.Publisher.PublishAsync(new() { Type = "secret", Data = """{"card":"b-secret"}""" }, cancellationToken: Cancel);
        var record = await engine.NextRecordAsync();
        await engine.DisposeAsync();

        record.Transition.Should().BeOfType<DeliveryTransition.Failed>();
        engine.Logs.Lines.Should().NotBeEmpty().And.Contain(l => l.Contains("was given up"));
        var all = string.Join('\n', engine.Logs.Lines) + created + created.Subscription;
        all.Should().NotContain("q-secret").And.NotContain("h-secret").And.NotContain("b-secret").And.NotContain(created.Secret![6..]).And.NotContain(signature[3..]);
    }

    [Fact]
    public async Task An_observer_that_throws_changes_nothing_and_is_logged()
    {
        await using var engine = await EngineHost.StartAsync(_ => new() { StatusCode = 204 }, w => w.AddObserver<Thrower>());
        await engine.Subscriptions.CreateAsync(new NewSubscription { Url = "https://example.com/" }, Cancel);

        await engine.Publisher.PublishAsync(new() { Type = "observed", Data = "{}" }, cancellationToken: Cancel);
        var record = await engine.NextRecordAsync();
        await engine.DisposeAsync();

        record.Transition.Should().BeOfType<DeliveryTransition.Delivered>();
        engine.Logs.Lines.Should().Contain(l => l.Contains("An observer threw"));
    }

    private sealed class Thrower : Webhooks.Sdk.Dispatching.IWebhookObserver
    {
        public ValueTask OnRecordedAsync(DeliveryRecord record) => throw new InvalidOperationException("broken observer");
    }
}

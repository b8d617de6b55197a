using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Envelopes;

public sealed class StandardEnvelopeTests
{
    private static readonly StandardEnvelope Envelope = new();

    [Fact]
    public void The_body_is_id_type_timestamp_and_data_in_this_order() =>
        Envelope.Render(Sample.Context(Sample.Event("""{"b":1,"a":[1.0,null]}""", "review-created")))
            .Should().Be("""{"id":"evt_01JXXXXXXXXXXXXX","type":"review-created","timestamp":"2026-04-24T14:30:00Z","data":{"b":1,"a":[1.0,null]}}""");

    [Theory]
    [InlineData(0, "2026-04-24T14:30:00Z")]
    [InlineData(2_500_000, "2026-04-24T14:30:00.25Z")]
    [InlineData(10, "2026-04-24T14:30:00.000001Z")]
    [InlineData(9, "2026-04-24T14:30:00Z")] // less than a microsecond
    public void The_timestamp_ends_in_Z(long ticks, string timestamp) =>
        Envelope.Render(Sample.Context(Sample.Event(at: Sample.Time.AddTicks(ticks)))).Should().Contain($"\"timestamp\":\"{timestamp}\"");

    [Fact]
    public void A_time_in_another_zone_is_written_in_UTC() =>
        Envelope.Render(Sample.Context(Sample.Event(at: Sample.Time.ToOffset(TimeSpan.FromHours(-9.5))))).Should().Contain("\"timestamp\":\"2026-04-24T14:30:00Z\"");

    [Fact]
    public void It_is_plain_JSON_shared_by_all_subscriptions()
    {
        IWebhookEnvelope envelope = Envelope;
        envelope.ContentType.Should().Be("application/json");
        envelope.IsPerSubscription.Should().BeFalse();
        envelope.HeaderNames.Should().BeEmpty();
        envelope.Headers(Sample.Context(Sample.Event())).Should().BeEmpty();
    }
}

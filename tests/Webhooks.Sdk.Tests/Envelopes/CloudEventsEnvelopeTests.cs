using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Envelopes;

public sealed class CloudEventsEnvelopeTests
{
    [Fact]
    public void In_structured_mode_the_body_holds_the_attributes_in_order()
    {
        IWebhookEnvelope envelope = new CloudEventsEnvelope("https://example.com/reviews");
        var context = Sample.Context(Sample.Event("""{"rating":5}""", "review.created", Sample.Time.AddMilliseconds(250)));

        envelope.ContentType.Should().Be("application/cloudevents+json");
        envelope.HeaderNames.Should().BeEmpty();
        envelope.Headers(context).Should().BeEmpty();
        envelope.Render(context).Should().Be(
            """{"id":"evt_01JXXXXXXXXXXXXX","source":"https://example.com/reviews","type":"review.created","specversion":"1.0","time":"2026-04-24T14:30:00.25Z","datacontenttype":"application/json","data":{"rating":5}}""");
    }
}

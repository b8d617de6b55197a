using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Envelopes;

public sealed class CloudEventsBinaryEnvelopeTests
{
    [Fact]
    public void In_binary_mode_the_body_is_the_data_and_the_headers_hold_the_attributes()
    {
        IWebhookEnvelope envelope = new CloudEventsBinaryEnvelope("/webhooks");
        var context = Sample.Context(Sample.Event("""{"rating":5}""", "review.created"));

        envelope.ContentType.Should().Be("application/json");
        envelope.Render(context).Should().Be("""{"rating":5}""");
        envelope.Headers(context).Lines().Should().Equal(
            "ce-id: evt_01JXXXXXXXXXXXXX", "ce-source: /webhooks", "ce-type: review.created", "ce-specversion: 1.0", "ce-time: 2026-04-24T14:30:00Z");
        envelope.HeaderNames.Should().Equal("ce-id", "ce-source", "ce-type", "ce-specversion", "ce-time");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("/é")]
    [InlineData("/a\r\nX-Smuggled: 1")]
    public void A_source_that_is_no_URI_reference_of_ASCII_is_refused_in_both_modes(string source)
    {
        FluentActions.Invoking(() => new CloudEventsBinaryEnvelope(source)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new CloudEventsEnvelope(source)).Should().Throw<ArgumentException>();
    }
}

using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Envelopes;

public sealed class DataEnvelopeTests
{
    private static readonly DataEnvelope Envelope = new();

    [Fact]
    public void The_body_is_the_data_and_the_headers_say_what_it_is()
    {
        var context = Sample.Context(Sample.Event("""{"zen":"é < > & ' +"}""", "ping"));
        Envelope.Render(context).Should().Be("""{"zen":"é < > & ' +"}""");
        Envelope.Headers(context).Lines().Should().Equal("X-GitHub-Event: ping", $"X-GitHub-Delivery: {Sample.DeliveryId}");
        Envelope.HeaderNames.Should().Equal("X-GitHub-Event", "X-GitHub-Delivery");
    }
}

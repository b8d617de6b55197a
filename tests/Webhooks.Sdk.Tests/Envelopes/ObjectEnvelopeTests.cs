using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Envelopes;

public sealed class ObjectEnvelopeTests
{
    [Fact]
    public void The_data_is_an_object_inside_data_and_the_time_is_in_seconds() =>
        new ObjectEnvelope("2025-01-01").Render(Sample.Context(Sample.Event("""{"id":"ch_1"}""", "charge.succeeded", Sample.Time.AddMilliseconds(999))))
            .Should().Be("""{"id":"evt_01JXXXXXXXXXXXXX","object":"event","api_version":"2025-01-01","created":1777041000,"type":"charge.succeeded","data":{"object":{"id":"ch_1"}}}""");
}

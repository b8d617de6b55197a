using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Envelopes;

public sealed class VersionedEnvelopeTests
{
    [Fact]
    public void The_time_has_no_fraction() =>
        new VersionedEnvelope("v1").Render(Sample.Context(Sample.Event("[]", "quota.warning", Sample.Time.AddMilliseconds(999))))
            .Should().Be("""{"id":"evt_01JXXXXXXXXXXXXX","type":"quota.warning","created_at":"2026-04-24T14:30:00Z","api_version":"v1","data":[]}""");
}

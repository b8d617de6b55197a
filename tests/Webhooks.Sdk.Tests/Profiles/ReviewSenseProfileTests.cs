using System.Text;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Profiles;

public sealed class ReviewSenseProfileTests
{
    private const string Data =
        """{"analysis_id":"rs_ana_01JXXXXXXXXXXXXX","review_id":"wc_rev_1042","sentiment":"positive","score":87,"topics":["shipping","quality"],"response_draft":"Thank you for your kind words!..."}""";

    private const string Body =
        """{"id":"evt_01JXXXXXXXXXXXXX","type":"review.analysed","created_at":"2026-04-24T14:30:00Z","api_version":"v1","data":{"analysis_id":"rs_ana_01JXXXXXXXXXXXXX","review_id":"wc_rev_1042","sentiment":"positive","score":87,"topics":["shipping","quality"],"response_draft":"Thank you for your kind words!..."}}""";

    [Fact]
    public void The_documented_example_comes_out_to_the_byte_and_with_its_signature()
    {
        var profile = WebhookProfiles.ReviewSense;

        var body = profile.Envelope.RenderBytes(Sample.Context(Sample.Event(Data)));

        body.Should().HaveCount(303);
        Encoding.UTF8.GetString(body).Should().Be(Body);
        profile.Signer.Sign(body, Sample.Time, "test_secret").Lines()
            .Should().Equal("X-ReviewSense-Signature: 3c376b33a89d9e0b8dbc4d7b8e44ba3b81b36a26b841b93a8121e3761fbe05e1");
    }

    [Fact]
    public void A_rotation_still_sends_exactly_one_signature_of_64_characters() =>
        WebhookProfiles.ReviewSense.Signer.Sign(Body, Sample.Time, "test_secret", "older").Lines()
            .Should().Equal("X-ReviewSense-Signature: 3c376b33a89d9e0b8dbc4d7b8e44ba3b81b36a26b841b93a8121e3761fbe05e1");
}

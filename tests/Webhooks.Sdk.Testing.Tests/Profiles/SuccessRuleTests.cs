using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing.Tests.Profiles;

public sealed class SuccessRuleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The delay that follows a first failure, in seconds; none where the first failure is the last.
    public static TheoryData<string, double?> FirstDelays => new()
    {
        { "standard", 5 },
        { "reviewsense", 300 },
        { "ratecard", 10 },
        { "dialogform", 5 },
        { "moregoodreviews", 5 },
        { "github", null },
        { "stripe", 5 },
        { "cloudevents", 5 },
        { "cloudevents-binary", 5 },
    };

    [Theory]
    [MemberData(nameof(FirstDelays))]
    public async Task Any_2xx_delivers_and_nothing_else_does(string profile, double? firstDelay)
    {
        await using var harness = await ProfileHarness.StartAsync(profile);
        var failure = firstDelay is null ? DeliveryState.Failed : DeliveryState.Pending;
        (int Status, DeliveryState? Outcome)[] expected =
        [
            (200, DeliveryState.Delivered), (201, DeliveryState.Delivered), (204, DeliveryState.Delivered), (299, DeliveryState.Delivered),
            (300, failure), (302, failure), (304, failure), (400, failure), (404, failure), (500, failure),
        ];

        // One after another at the same time: no retry comes in between.
        foreach (var (status, _) in expected)
        {
            harness.Receiver.Answer(status);
            await harness.PublishAsync(profile, $"e{status}");
            await harness.SettleAsync(Cancel);
        }

        harness.Attempts.Select(a => (a.Result.StatusCode, a.Outcome)).Should().Equal(expected);
        harness.Attempts.Select(a => a.EventId).Should().Equal(expected.Select(e => $"e{e.Status}"));
        harness.Attempts.Where(a => a.Outcome != DeliveryState.Delivered).Should().OnlyContain(
            a => a.RetryDelay == (firstDelay == null ? null : TimeSpan.FromSeconds(firstDelay.Value)));
    }

    [Theory]
    [MemberData(nameof(FirstDelays))]
    public async Task A_2xx_whose_body_breaks_delivers_and_a_500_whose_body_breaks_does_not(string profile, double? firstDelay)
    {
        await using var harness = await ProfileHarness.StartAsync(profile);
        harness.Receiver.Answer(WebhookAnswer.Ok.WithBody("0123456789") with { CutAfter = 3 });
        await harness.PublishAsync(profile, "e1");
        await harness.SettleAsync(Cancel);
        harness.Receiver.Answer(new WebhookAnswer { Status = 500 }.WithBody("0123456789") with { CutAfter = 3 });
        await harness.PublishAsync(profile, "e2");
        await harness.SettleAsync(Cancel);

        harness.Attempts.Select(a => (a.EventId, a.Result.StatusCode, a.Outcome!.Value)).Should().Equal(
            ("e1", 200, DeliveryState.Delivered), ("e2", 500, firstDelay is null ? DeliveryState.Failed : DeliveryState.Pending));
        harness.ShouldHaveDelivered("e1", times: 1);
    }
}

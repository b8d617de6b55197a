using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Testing.Tests.Support;

namespace Webhooks.Sdk.Testing.Tests.Behaviour;

public sealed class SecretRotationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_secrets_sign_for_a_day_newest_first_and_then_only_the_new_one()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var (subscription, old) = await harness.SubscribeAsync();
        var (_, fresh) = await harness.Subscriptions.RotateSecretAsync(subscription.Id, cancellationToken: Cancel);

        await PublishAsync(harness);
        await harness.AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1), Cancel);
        await PublishAsync(harness);
        await harness.AdvanceAsync(TimeSpan.FromSeconds(1), Cancel);
        await PublishAsync(harness);

        var requests = harness.Receiver.Requests;
        requests.Select(r => r.Verify(WebhookProfiles.Standard, fresh!).IsVerified).Should().Equal(true, true, true);
        requests.Select(r => r.Verify(WebhookProfiles.Standard, old!).IsVerified).Should().Equal(true, true, false);
        requests.Select(r => r.Header("webhook-signature")!.Split(' ').Length).Should().Equal(2, 2, 1);
        requests[0].Header("webhook-signature").Should().StartWith(requests[0].Header("webhook-signature")!.Split(' ')[0]);
    }

    [Fact]
    public async Task A_retry_is_signed_with_the_secrets_of_its_own_time()
    {
        await using var harness = await WebhookHarness.StartAsync(w => w.UseProfile(Exact.Profile), cancellationToken: Cancel);
        var (subscription, old) = await harness.SubscribeAsync();
        harness.Receiver.Answer(500).Then(200);
        await PublishAsync(harness);

        var (_, fresh) = await harness.Subscriptions.RotateSecretAsync(subscription.Id, overlap: TimeSpan.Zero, cancellationToken: Cancel);
        await harness.RunUntilIdleAsync(Cancel);

        harness.Receiver.Requests.Select(r => r.Verify(WebhookProfiles.Standard, old!).IsVerified).Should().Equal(true, false);
        harness.Receiver.Requests.Select(r => r.Verify(WebhookProfiles.Standard, fresh!).IsVerified).Should().Equal(false, true);
    }

    [Fact]
    public async Task A_format_with_room_for_one_signature_uses_the_newest_secret()
    {
        await using var harness = await WebhookHarness.StartAsync(cancellationToken: Cancel);
        var (subscription, old) = await harness.SubscribeAsync(WebhookProfiles.ReviewSense);
        var (_, fresh) = await harness.Subscriptions.RotateSecretAsync(subscription.Id, cancellationToken: Cancel);

        await harness.PublishAsync("review.flagged", "{}", cancellationToken: Cancel);
        await harness.SettleAsync(Cancel);

        var request = harness.Receiver.Requests.Should().ContainSingle().Subject;
        request.Header("X-ReviewSense-Signature").Should().HaveLength(64);
        request.Verify(WebhookProfiles.ReviewSense, fresh!).IsVerified.Should().BeTrue();
        request.Verify(WebhookProfiles.ReviewSense, old!).IsVerified.Should().BeFalse();
    }

    private static async Task PublishAsync(WebhookHarness harness)
    {
        await harness.PublishAsync("review-created", "{}", cancellationToken: Cancel);
        await harness.SettleAsync(Cancel);
    }
}

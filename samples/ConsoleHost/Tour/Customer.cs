using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Receiving;

namespace ConsoleHost.Tour;

/// <summary>One subscriber: its endpoint, its secret, and what has arrived there.</summary>
internal sealed class Customer(WebhookProfile profile, SubscriptionWithSecret created, TourGround ground, WebhookReceiver receiver, string path)
{
    public WebhookProfile Profile { get; } = profile;

    public string SubscriptionId => created.Subscription.Id;

    public string? Secret => created.Secret;

    public IReadOnlyList<ReceivedRequest> Requests => [.. receiver.Requests.Where(r => r.Path == path)];

    public void AnswersWith(params int[] statuses)
    {
        var script = receiver.On(path).Answer(statuses[0]);
        foreach (var status in statuses.Skip(1))
        {
            script.Then(status);
        }
    }

    /// <summary>Its next request gets no answer; those after it are taken.</summary>
    public void HangsOnce() => receiver.On(path).Answer(WebhookAnswer.Never).Then(204);

    /// <summary>Waits until a request is there that gets no answer.</summary>
    public Task HangingAsync(CancellationToken cancellationToken) => receiver.WaitForHeldAsync(1, cancellationToken: cancellationToken);

    public int VerifiedCount() => Requests.Count(r => r.Verify(Profile, Secret!).IsVerified);

    /// <summary>Waits until so many more of its deliveries have arrived or were given up.</summary>
    public async Task EndsAsync(int deliveries, CancellationToken cancellationToken)
    {
        for (var i = 0; i < deliveries; i++)
        {
            await ground.Host.Watch.NextEndAsync(SubscriptionId, cancellationToken);
        }
    }

    /// <summary>Its delivery log, oldest first.</summary>
    public async Task<IReadOnlyList<DeliveryAttemptRecord>> LogAsync(CancellationToken cancellationToken)
    {
        var page = await ground.Host.Deliveries.ListAttemptsAsync(new DeliveryQuery { SubscriptionId = SubscriptionId }, cancellationToken);
        return [.. page.Items.Reverse()];
    }
}

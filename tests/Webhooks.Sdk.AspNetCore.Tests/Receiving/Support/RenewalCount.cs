using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;

/// <summary>Counts renewals of leases.</summary>
internal sealed class RenewalCount
{
    private int _renewals;

    public void Watch(IServiceCollection services)
    {
        var inbox = services.Last(s => s.ServiceType == typeof(IWebhookInbox)).ImplementationType!;
        services.AddSingleton<IWebhookInbox>(s => new Inbox((IWebhookInbox)ActivatorUtilities.CreateInstance(s, inbox), () => Interlocked.Increment(ref _renewals)));
    }

    /// <summary>How many there were since the last call.</summary>
    public int Take() => Interlocked.Exchange(ref _renewals, 0);

    private sealed class Inbox(IWebhookInbox inner, Action renewed) : IWebhookInbox
    {
        public ValueTask<InboxAnswer> BeginAsync(InboxKey key, TimeSpan lease, CancellationToken cancellationToken) => inner.BeginAsync(key, lease, cancellationToken);

        public ValueTask<InboxAnswer> AcceptAsync(InboxMessage message, CancellationToken cancellationToken) => inner.AcceptAsync(message, cancellationToken);

        public ValueTask<IReadOnlyList<ClaimedMessage>> ClaimAsync(IReadOnlyCollection<string> receivers, int maxCount, TimeSpan lease, CancellationToken cancellationToken) =>
            inner.ClaimAsync(receivers, maxCount, lease, cancellationToken);

        public async ValueTask<bool> RenewAsync(InboxLease lease, TimeSpan duration, CancellationToken cancellationToken)
        {
            (await inner.RenewAsync(lease, duration, cancellationToken)).Should().BeTrue();
            renewed();
            return true;
        }

        public ValueTask<bool> RecordAsync(InboxLease lease, InboxTransition transition, CancellationToken cancellationToken) => inner.RecordAsync(lease, transition, cancellationToken);

        public ValueTask<IReadOnlyList<GivenUpMessage>> ListGivenUpAsync(string receiver, int maxCount, CancellationToken cancellationToken) => inner.ListGivenUpAsync(receiver, maxCount, cancellationToken);

        public ValueTask<bool> RetryAsync(InboxKey key, CancellationToken cancellationToken) => inner.RetryAsync(key, cancellationToken);

        public ValueTask<long> PurgeAsync(TimeSpan age, CancellationToken cancellationToken) => inner.PurgeAsync(age, cancellationToken);
    }
}

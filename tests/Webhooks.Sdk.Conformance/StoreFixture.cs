using System.Data.Common;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Conformance;

/// <summary>
/// What a store gives so that the suite can run on it: a pair of empty stores for each test, and hands on its time. Inherit it once, then
/// inherit each conformance class in one line: <c>public sealed class MyClaimTests : ClaimConformance&lt;MyFixture&gt;;</c>
/// </summary>
public abstract class StoreFixture : IAsyncLifetime
{
    /// <summary>Empty at the start of each test.</summary>
    public abstract IWebhookDeliveryStore Deliveries { get; }

    /// <summary>Empty at the start of each test.</summary>
    public abstract IWebhookSubscriptionStore Subscriptions { get; }

    /// <summary>Empty at the start of each test. Only for the conformance classes of <c>Receiving</c>.</summary>
    public virtual IWebhookInbox Inbox => throw NotGiven(nameof(Inbox));

    /// <summary>The store's time: what decides what is due.</summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>
    /// Makes it as if so much time had passed for the store: due times, leases, ages. A store that reads its database's clock adds an offset to
    /// it in tests. Whoever waits in <see cref="IWebhookDeliveryStore.WaitAsync"/> has to notice as soon as it would have.
    /// </summary>
    public abstract ValueTask AdvanceAsync(TimeSpan by);

    /// <summary>Makes the stores.</summary>
    public abstract ValueTask InitializeAsync();

    /// <summary>Removes them and what they stored.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Opens a transaction of the host on the store's own database. Only for <c>TransactionConformance</c>.</summary>
    public virtual ValueTask<DbTransaction> BeginTransactionAsync() => throw NotGiven(nameof(BeginTransactionAsync));

    /// <summary>
    /// Opens a second pair of stores on the same data, as another node or process would; it is kept until the test ends. Only for
    /// <c>SharedDeliveriesConformance</c> and <c>SharedSubscriptionsConformance</c>.
    /// </summary>
    public virtual ValueTask<(IWebhookDeliveryStore Deliveries, IWebhookSubscriptionStore Subscriptions)> OpenNodeAsync() => throw NotGiven(nameof(OpenNodeAsync));

    /// <summary>
    /// Opens a second inbox on the same data, as another node or process would; it is kept until the test ends. Only for <c>SharedInboxConformance</c>.
    /// </summary>
    public virtual ValueTask<IWebhookInbox> OpenInboxAsync() => throw NotGiven(nameof(OpenInboxAsync));

    /// <summary>
    /// Drops the stores without a farewell, as a crash does, and opens them anew on what is on the disk. Only for <c>DurabilityConformance</c>.
    /// </summary>
    public virtual ValueTask CrashAsync() => throw NotGiven(nameof(CrashAsync));

    /// <summary>Sets the node's own clock wrong, for stores whose time is the database's. Only for <c>NodeClockConformance</c>.</summary>
    public virtual void SetNodeClockWrongBy(TimeSpan error) => throw NotGiven(nameof(SetNodeClockWrongBy));

    private NotSupportedException NotGiven(string member) => new($"Override {GetType().Name}.{member} to run this part of the suite.");
}

using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using Webhooks.Sdk.Testing.Assertions;
using Webhooks.Sdk.Testing.Clocks;
using Webhooks.Sdk.Testing.Driving;
using Webhooks.Sdk.Testing.Recording;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// Drives the webhooks of a host through time and records what becomes of them. Put it into a host of yours with
/// <c>AddWebhooks(webhooks => webhooks.UseTestHarness(probe))</c>, or take a <see cref="WebhookHarness"/>, which is one with a host of its own.
/// For stores that go by the host's clock; a database server has its own.
/// </summary>
public class WebhookProbe
{
    private readonly EngineDriver _driver;

    /// <summary>Creates one, with a time of its own unless one is given.</summary>
    public WebhookProbe(ManualTimeProvider? time = null)
    {
        Time = time ?? new ManualTimeProvider();
        Watch = new EngineWatch(Time);
        _driver = new EngineDriver(Watch, Time);
    }

    /// <summary>The host's time. It moves only when somebody moves it.</summary>
    public ManualTimeProvider Time { get; }

    /// <summary>How long to wait, in real time, for something to change before giving up. Default 30 seconds.</summary>
    public TimeSpan Patience
    {
        get => _driver.Patience;
        set => _driver.Patience = value;
    }

    /// <summary>Every publication, those without a subscriber and the repeated ones too.</summary>
    public IReadOnlyList<PublishedWebhook> Published => Records.Published;

    /// <summary>Every attempt, test deliveries too.</summary>
    public IReadOnlyList<DeliveryAttemptRecord> Attempts => Records.Attempts;

    /// <summary>What has arrived.</summary>
    public IReadOnlyList<WebhookDelivery> Delivered => Records.Delivered;

    /// <summary>What was given up; something that was then resent is still here.</summary>
    public IReadOnlyList<WebhookDelivery> Failed => Records.Failed;

    /// <summary>The subscriptions that were suspended by their disable rule or by 410 Gone, as they were then.</summary>
    public IReadOnlyList<WebhookSubscription> Suspended => Records.Suspended;

    internal EngineWatch Watch { get; }

    internal WebhookRecords Records { get; } = new();

    /// <summary>Lets everything happen that is due and moves the time to whatever is due next, until nothing is pending: a schedule of days takes milliseconds.</summary>
    /// <exception cref="WebhookAssertionException">Nothing changed for <see cref="Patience"/>; the message names what is still pending.</exception>
    public Task RunUntilIdleAsync(CancellationToken cancellationToken = default) => _driver.RunUntilIdleAsync(cancellationToken);

    /// <summary>Moves the time on in steps, letting what is due on the way happen at its time.</summary>
    /// <exception cref="WebhookAssertionException">Nothing changed for <see cref="Patience"/>; the message names what is still pending.</exception>
    public Task AdvanceAsync(TimeSpan delta, CancellationToken cancellationToken = default) => _driver.AdvanceAsync(delta, cancellationToken);

    /// <summary>Lets everything happen that is due now, and does not move the time.</summary>
    /// <exception cref="WebhookAssertionException">Nothing changed for <see cref="Patience"/>; the message names what is still pending.</exception>
    public Task SettleAsync(CancellationToken cancellationToken = default) => _driver.SettleAsync(cancellationToken);
}

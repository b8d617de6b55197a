using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.FaultBench.Nodes.Inside;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;

namespace Webhooks.Sdk.FaultBench.Nodes;

/// <summary>Webhooks as a host would add them, with everything that takes long made short.</summary>
internal static class NodeServices
{
    public const int MaxConcurrency = 32;

    /// <summary>What a node may have sent and not stored, what is being sent included: what a kill can repeat. See decision 7.</summary>
    public const int MaxInFlight = 3 * MaxConcurrency;

    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static void AddNode(this IServiceCollection services, NodeSettings settings, bool delivers)
    {
        services.AddLogging(l => l
            .SetMinimumLevel(delivers ? LogLevel.Warning : LogLevel.Error)
            .AddSimpleConsole(c => (c.SingleLine, c.TimestampFormat) = (true, "HH:mm:ss.fff "))
            .AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace));
        services.AddSingleton<TimeProvider>(new ShiftedTime(settings.ClockOffset));
        services.AddWebhooks(webhooks =>
        {
            settings.Store.Use(webhooks);
            webhooks.AllowPrivateNetworks();
            webhooks.ConfigureDispatch(d =>
            {
                d.Enabled = delivers;
                d.Lease = settings.Lease;
                d.PollInterval = TimeSpan.FromMilliseconds(250);
                d.MaxConcurrency = MaxConcurrency;
                d.UserAgent = settings.Name;

                // A cold process on a busy machine may time out often enough to open a circuit; that is not the fault that is tried here.
                d.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(1);
            });

            foreach (var subscription in settings.Subscriptions)
            {
                webhooks.AddSubscription(s =>
                    (s.Id, s.TenantId, s.Url, s.Ordering, s.Secret) = (subscription.Id!, subscription.TenantId, subscription.Url, subscription.Ordering, Secret));
            }

            // A lease must be longer than every profile's timeout, so every preset is replaced by one that is quicker.
            foreach (var preset in WebhookProfiles.All)
            {
                webhooks.AddProfile(Quick(preset, settings));
            }
        });
    }

    private static WebhookProfile Quick(WebhookProfile preset, NodeSettings settings) => preset with
    {
        Timeout = settings.Timeout,
        RetryPolicy = WebhookRetryPolicy.Schedule(settings.Delays),
        DisableRule = new DisableRule.Never(),
    };
}

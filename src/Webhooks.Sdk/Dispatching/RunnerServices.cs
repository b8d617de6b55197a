using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dispatching;

/// <summary>What all runners share.</summary>
internal sealed record RunnerServices(
    LaneTable Lanes,
    ResultRecorder Recorder,
    LeaseKeeper Leases,
    IWebhookSubscriptionStore Subscriptions,
    EndpointPreparer Preparer,
    WebhookProfileCatalogue Profiles,
    DispatchOptions Options,
    TimeProvider Time,
    ILogger Logger);

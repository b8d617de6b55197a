using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;

namespace Webhooks.Sdk.Testing.Tests.Support;

/// <summary>The standard profile without jitter, so that times can be told to the second.</summary>
internal static class Exact
{
    public static readonly WebhookProfile Profile = WebhookProfiles.Standard with
    {
        Name = "exact",
        RetryPolicy = (WebhookRetryPolicy)WebhookProfiles.Standard.RetryPolicy with { Jitter = 0 },
    };
}

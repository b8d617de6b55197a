using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Dispatching;

/// <summary>What is worked out once per version of a subscription and used for all its attempts.</summary>
/// <param name="Subscription">The version that it was made from.</param>
/// <param name="Profile">Its wire format.</param>
/// <param name="Url">Its URL, judged again.</param>
/// <param name="Headers">What its owner wants on every request.</param>
/// <param name="Keys">Its active keys, newest first.</param>
/// <param name="ExpiresAt">When a key ends and this has to be made anew.</param>
internal sealed record PreparedEndpoint(
    WebhookSubscription Subscription, WebhookProfile Profile, Uri Url, KeyValuePair<string, string>[] Headers, SigningKey[] Keys, DateTimeOffset ExpiresAt);

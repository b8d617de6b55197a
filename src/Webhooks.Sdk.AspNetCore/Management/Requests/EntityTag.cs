using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Requests;

/// <summary>A subscription's version as ETag, <c>"7"</c>, and the conditions that requests make of it.</summary>
internal static class EntityTag
{
    public static string Of(WebhookSubscription subscription) => string.Create(CultureInfo.InvariantCulture, $"\"{subscription.Version}\"");

    /// <summary>What If-Match says of the subscription as it is; null when there is no such header.</summary>
    public static bool? Matches(HttpRequest request, WebhookSubscription subscription)
    {
        if (request.Headers.IfMatch.Count == 0)
        {
            return null;
        }

        // Strong comparison (RFC 9110, 13.1.1): a weak tag never matches, and neither does garbage.
        return EntityTagHeaderValue.TryParseStrictList(Values(request.Headers.IfMatch), out var tags)
            && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || (!t.IsWeak && t.Tag == Of(subscription)));
    }

    /// <summary>The reader has this version already.</summary>
    public static bool IsKnown(HttpRequest request, WebhookSubscription subscription) =>
        EntityTagHeaderValue.TryParseStrictList(Values(request.Headers.IfNoneMatch), out var tags)
        && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == Of(subscription));

    private static List<string> Values(StringValues header) => [.. header.OfType<string>()];
}

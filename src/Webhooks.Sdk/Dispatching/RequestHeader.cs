using System.Net.Http.Headers;
using Webhooks.Sdk.Endpoints;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Adds a header that a subscriber, a host's envelope or a host's signer supplied. Its value may be a secret, so no error repeats it.</summary>
internal static class RequestHeader
{
    /// <summary>Returns what is wrong with it; null when it was added.</summary>
    public static string? Add(HttpRequestHeaders headers, string name, string value)
    {
        if (CustomHeaders.CheckForm(name, value) is { } error)
        {
            return $"{error.Member}: {error.Message}";
        }

        try
        {
            headers.Add(name, value);
            return null;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            return $"headers.{name}: HTTP defines this header, and this is not a value that it may have, or it is there already.";
        }
    }
}

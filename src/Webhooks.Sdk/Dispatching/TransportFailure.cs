using System.Net.Sockets;
using System.Security.Authentication;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// Maps what the HTTP stack throws to a closed set of errors, and to a text that holds neither the URL's query nor user info, and nothing that the
/// endpoint wrote: it may echo the secret.
/// </summary>
internal static class TransportFailure
{
    public static bool TryClassify(Exception exception, bool deadlinePassed, bool aborted, out AttemptError error)
    {
        error = exception switch
        {
            _ when aborted => AttemptError.Aborted,
            OperationCanceledException when deadlinePassed => AttemptError.Timeout,
            HttpRequestException or IOException when deadlinePassed && Find<OperationCanceledException>(exception) is not null => AttemptError.Timeout,
            _ when Find<AddressRefusedException>(exception) is not null => AttemptError.AddressRefused,
            _ when Find<SocketException>(exception) is { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => AttemptError.NameResolution,
            _ when Find<AuthenticationException>(exception) is not null => AttemptError.Tls,
            HttpRequestException or IOException => KindOf(exception) switch
            {
                HttpRequestError.NameResolutionError => AttemptError.NameResolution,
                HttpRequestError.SecureConnectionError => AttemptError.Tls,
                HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => AttemptError.Connect,
                HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => AttemptError.InvalidResponse,
                _ => AttemptError.ConnectionLost,
            },
            OperationCanceledException => AttemptError.Connect, // the connect timeout, or a connection attempt that another request had begun
            _ => AttemptError.None,
        };
        return error != AttemptError.None;
    }

    public static string Describe(AttemptError error, Exception exception) => error switch
    {
        AttemptError.Aborted => "The host is shutting down.",
        AttemptError.AddressRefused => Find<AddressRefusedException>(exception)!.Message,
        AttemptError.InvalidResponse => KindOf(exception) == HttpRequestError.ConfigurationLimitExceeded
            ? $"The response headers are longer than {WebhookHttpHandler.MaxHeadersKilobytes} KB."
            : "The answer is not valid HTTP.",
        _ => exception.GetBaseException().Message,
    };

    /// <summary>The endpoint ended this request by name (HTTP/2), not the connection under it.</summary>
    public static bool IsFromEndpoint(Exception exception) => Find<HttpProtocolException>(exception) is not null;

    // HTTP/2 says what was wrong only further inside.
    private static HttpRequestError KindOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            var kind = (exception as HttpRequestException)?.HttpRequestError ?? (exception as HttpIOException)?.HttpRequestError;
            if (kind is not (null or HttpRequestError.Unknown))
            {
                return kind.Value;
            }
        }

        return HttpRequestError.Unknown;
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }

        return null;
    }
}

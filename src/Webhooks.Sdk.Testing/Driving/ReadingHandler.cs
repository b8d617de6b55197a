using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>
/// Tells how much of an answer the sender has read. An answer that drips is held by the receiver while its last part is still on its way; only
/// when that has been read does everything wait for the time.
/// </summary>
internal sealed class ReadingHandler(FlightTable flights) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Headers.TryGetValues(IFlight.Header, out var ids) && flights.Find(ids.First()) is { } flight)
        {
            response.Content = new WatchedContent(response.Content, flight);
        }

        return response;
    }
}

using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Dispatching;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing.Driving;

/// <summary>Tells which requests are on their way, and lets a receiver of this process tell whether it holds them.</summary>
internal sealed class WatchedDispatcher(IWebhookDispatcher inner, FlightTable flights) : IWebhookDispatcher
{
    public async ValueTask<AttemptResult> DispatchAsync(WebhookRequest request, CancellationToken abort)
    {
        var flight = flights.Start(request.Url, request.Timeout);
        var receiver = WebhookReceiver.At(request.Url);
        if (receiver is not null)
        {
            receiver.Expect(flight.Id, flight);
            request.Headers.Add(IFlight.Header, flight.Id);
        }

        try
        {
            return await inner.DispatchAsync(request, abort);
        }
        finally
        {
            receiver?.Forget(flight.Id);
            flights.End(flight);
        }
    }
}

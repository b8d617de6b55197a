using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Webhooks.Sdk.AspNetCore.Receiving;

/// <summary>
/// Every answer that a receiver gives. Refusals are problem details (RFC 9457) that say no more than their status: which check a forged request
/// failed stands in the log only.
/// </summary>
/// <param name="Outcome">Its name in metrics.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">One sentence for the people who send; null for a success.</param>
internal sealed record ReceiverAnswer(string Outcome, int Status, string? Detail = null)
{
    public static readonly ReceiverAnswer Handled = new("handled", StatusCodes.Status204NoContent);

    public static readonly ReceiverAnswer Accepted = new("accepted", StatusCodes.Status202Accepted);

    public static readonly ReceiverAnswer Repeated = new("repeated", StatusCodes.Status204NoContent);

    public static readonly ReceiverAnswer Ignored = new("ignored", StatusCodes.Status204NoContent);

    public static readonly ReceiverAnswer TooLarge = new("too_large", StatusCodes.Status413PayloadTooLarge, "The body is larger than this receiver takes.");

    public static readonly ReceiverAnswer NotVerified = new("not_verified", StatusCodes.Status401Unauthorized, "The request is not signed as it has to be, or not in time.");

    public static readonly ReceiverAnswer Malformed = new("malformed", StatusCodes.Status400BadRequest, "The request is not in the format that this receiver takes.");

    public static readonly ReceiverAnswer UnknownType = new("unknown_type", StatusCodes.Status400BadRequest, "This receiver does not take events of this type.");

    public static readonly ReceiverAnswer DataRefused = new("data_refused", StatusCodes.Status400BadRequest, "The event's data is not what this receiver takes for its type.");

    public static readonly ReceiverAnswer Failed = new("failed", StatusCodes.Status500InternalServerError, "The event was not handled. Send it again.");

    // 503 and not 409: many senders do not repeat what was answered with a 4xx, and this has to be repeated.
    private static readonly ReceiverAnswer s_inHand = new("in_hand", StatusCodes.Status503ServiceUnavailable, "The same message is being handled at this moment. Send it again.");

    private static readonly ReceiverAnswer s_noRoom = new("no_room", StatusCodes.Status503ServiceUnavailable, "The receiver has no room at this moment. Send it again.");

    private static readonly TimeSpan NoRoomDelay = TimeSpan.FromSeconds(30);

    private TimeSpan? RetryAfter { get; init; }

    public static ReceiverAnswer InHand(TimeSpan? freeIn) => s_inHand with { RetryAfter = freeIn ?? TimeSpan.Zero };

    public static ReceiverAnswer NoRoom() => s_noRoom with { RetryAfter = NoRoomDelay };

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (Detail is null)
        {
            return Task.CompletedTask;
        }

        // Written by hand: these are all constants, and a serialiser would ask for metadata in trimmed hosts.
        response.ContentType = "application/problem+json";
        return response.WriteAsync(
            $$"""{"title":"{{ReasonPhrases.GetReasonPhrase(Status)}}","status":{{Status.ToString(CultureInfo.InvariantCulture)}},"detail":"{{Detail}}"}""", response.HttpContext.RequestAborted);
    }
}

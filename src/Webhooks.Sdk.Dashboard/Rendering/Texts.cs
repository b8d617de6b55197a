using System.Globalization;
using System.Text;
using System.Text.Json;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Subscriptions;
using static Webhooks.Sdk.Dashboard.Rendering.Markup;

namespace Webhooks.Sdk.Dashboard.Rendering;

/// <summary>How values look to people, the same on every page.</summary>
internal static class Texts
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>In UTC; the script turns it into "3 minutes ago" and keeps the whole time as a tool tip.</summary>
    public static Markup Time(DateTimeOffset time) =>
        Html($"""<time datetime="{time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", English)}">{time.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss 'UTC'", English)}</time>""");

    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 1 } => "less than 1 ms",
        { TotalSeconds: < 1 } => duration.TotalMilliseconds.ToString("0 'ms'", English),
        { TotalMinutes: < 1 } => duration.TotalSeconds.ToString("0.## 's'", English),
        { TotalHours: < 1 } => $"{duration.Minutes} min{(duration.Seconds > 0 ? $" {duration.Seconds} s" : "")}",
        { TotalDays: < 2 } => $"{(int)duration.TotalHours} h{(duration.Minutes > 0 ? $" {duration.Minutes} min" : "")}",
        _ => $"{(int)duration.TotalDays} d{(duration.Hours > 0 ? $" {duration.Hours} h" : "")}",
    };

    public static string Number(long number) => number.ToString("#,0", English);

    public static string Percent(long part, long whole)
    {
        // 99.96 % is not 100 %: what failed must not be rounded away.
        var percent = Math.Floor(1000d * part / whole) / 10;
        return percent.ToString("0.#", English) + " %";
    }

    public static string Plural(long count, string one) => $"{Number(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>"only https is allowed." → "Only https is allowed."</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string NameOf(WebhookSubscription subscription) => subscription.Name ?? subscription.Url;

    public static string EventTypes(WebhookSubscription subscription) =>
        subscription.Filter.MatchesAll ? "All events" : string.Join(", ", subscription.EventTypes);

    public static string Reason(FailureReason reason) => reason switch
    {
        FailureReason.Exhausted => "Every attempt failed",
        FailureReason.EndpointGone => "The endpoint answered 410 Gone",
        FailureReason.SubscriptionDisabled => "The webhook was turned off",
        FailureReason.SubscriptionSuspended => "The webhook was suspended",
        FailureReason.SubscriptionDeleted => "The webhook was deleted",
        _ => reason.ToString(),
    };

    public static string Error(AttemptError error) => error switch
    {
        AttemptError.Timeout => "No answer in time",
        AttemptError.NameResolution => "The host name was not found",
        AttemptError.AddressRefused => "The address may not be called",
        AttemptError.Connect => "No connection",
        AttemptError.Tls => "The TLS handshake failed",
        AttemptError.ConnectionLost => "The connection was lost",
        AttemptError.InvalidResponse => "The answer was not HTTP",
        AttemptError.InvalidRequest => "The request could not be made",
        AttemptError.Aborted => "Stopped with the host",
        _ => error.ToString(),
    };

    /// <summary>JSON with line breaks; what is not JSON stays as it is.</summary>
    public static string Json(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            using var pretty = new MemoryStream();
            using (var writer = new Utf8JsonWriter(pretty, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                document.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(pretty.GetBuffer(), 0, (int)pretty.Length);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(json.Span);
        }
    }
}

using System.Text;
using System.Text.Json;
using ConsoleHost.Output;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;

namespace ConsoleHost.Tour.Stops;

/// <summary>Five customers of one tenant, each with its own wire format, and events that each of them gets in that format.</summary>
internal sealed class FormatsStop : ITourStop
{
    // ReviewSense's published example: this body under this secret has this signature.
    private const string PublishedId = "evt_01JXXXXXXXXXXXXX";
    private const string PublishedSecret = "test_secret";
    private const string PublishedSignature = "3c376b33a89d9e0b8dbc4d7b8e44ba3b81b36a26b841b93a8121e3761fbe05e1";

    private const string Tenant = "acme";

    private static readonly DateTimeOffset PublishedTime = new(2026, 4, 24, 14, 30, 0, TimeSpan.Zero);

    public string Title => "One host, five wire formats";

    public async Task<IReadOnlyList<Finding>> RunAsync(TourGround ground, CancellationToken cancellationToken)
    {
        var standard = await ground.CustomerAsync(Of(WebhookProfiles.Standard), cancellationToken);
        var reviewSense = await ground.CustomerAsync(Of(WebhookProfiles.ReviewSense, "review.analysed") with { Secret = PublishedSecret }, cancellationToken);
        var ratecard = await ground.CustomerAsync(Of(WebhookProfiles.Ratecard, "messages.*") with { Name = "Guest messages" }, cancellationToken);
        var dialogForm = await ground.CustomerAsync(Of(WebhookProfiles.DialogForm, "completed"), cancellationToken);
        var moreGoodReviews = await ground.CustomerAsync(Of(WebhookProfiles.MoreGoodReviews, "review-created", "message-created"), cancellationToken);
        Customer[] all = [standard, reviewSense, ratecard, dialogForm, moreGoodReviews];

        var deliveries = await PublishAsync(ground.Host.Publisher, cancellationToken);
        foreach (var customer in all)
        {
            await customer.EndsAsync(customer == standard ? 5 : customer == moreGoodReviews ? 2 : 1, cancellationToken);
            Print(customer);
        }

        return
        [
            new("events published / deliveries made from them", "5 / 10", $"5 / {deliveries}"),
            new("standard: requests, verified", "5, 5", $"{standard.Requests.Count}, {standard.VerifiedCount()}"),
            new("standard: text is not escaped", "Café & <terrace> 'great' +1 😀", TextOf(standard, "review-created")),
            new("moregoodreviews: requests, verified", "2, 2", $"{moreGoodReviews.Requests.Count}, {moreGoodReviews.VerifiedCount()}"),
            new("reviewsense: the published body, in bytes", "303", $"{reviewSense.Requests[0].Body.Length}"),
            new("reviewsense: the published signature", PublishedSignature, reviewSense.Requests[0].Header("X-ReviewSense-Signature") ?? "none"),
            new("ratecard: keys in order", "id,webhook,account,payload,event,created_at,updated_at", KeysOf(ratecard)),
            new("ratecard: the secret is verified", "1", $"{ratecard.VerifiedCount()}"),
            new("dialogform: the whole body", """{"type":"completed","data":{"flowId":42,"identifier":"order-1042","score":9}}""", Encoding.UTF8.GetString(dialogForm.Requests[0].Body.Span)),
            new("every content type", "application/json", string.Join(", ", all.SelectMany(c => c.Requests).Select(r => r.Header("Content-Type")).Distinct())),
        ];
    }

    private static async Task<int> PublishAsync(IWebhookPublisher publisher, CancellationToken cancellationToken)
    {
        // Typed: the catalogue knows the event type and the source-generated metadata.
        PublishResult[] results =
        [
            await publisher.PublishAsync(new ReviewCreated(7, 5, "Zoë", "Café & <terrace> 'great' +1 😀"), Tenant, cancellationToken),
            await publisher.PublishAsync(new MessageCreated(31, "Zoë", "Do you take bookings for 12 people?"), Tenant, cancellationToken),

            // Untyped: a name and JSON.
            await publisher.PublishAsync("messages.sent", Examples.Read("ratecard", "messages.sent"), Tenant, cancellationToken),
            await publisher.PublishAsync("completed", """{ "flowId": 42, "identifier": "order-1042", "score": 9 }""", Tenant, cancellationToken),

            // Everything given, as when events are moved from another system.
            await publisher.PublishAsync(new NewWebhookEvent
            {
                Id = PublishedId,
                CreatedAt = PublishedTime,
                Type = "review.analysed",
                Data = EventData.FromJson(Examples.Read("reviewsense", "review.analysed")),
                TenantId = Tenant,
            }, null, cancellationToken),
        ];
        return results.Sum(r => r.Deliveries);
    }

    private static CustomerPlan Of(WebhookProfile profile, params string[] eventTypes) => new(profile, Tenant, eventTypes);

    private static void Print(Customer customer)
    {
        foreach (var request in customer.Requests)
        {
            var header = customer.Profile.Signer.HeaderNames is [.., var name] ? $"{name}: {Shorten(request.Header(name) ?? "")}" : "unsigned";
            Console.WriteLine($"  {customer.Profile.Name,-16} {request.Body.Length,4} bytes  {Paint.Faint(header)}");
        }
    }

    private static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;

    private static string KeysOf(Customer customer)
    {
        using var body = JsonDocument.Parse(customer.Requests[0].Body);
        return string.Join(',', body.RootElement.EnumerateObject().Select(p => p.Name));
    }

    private static string TextOf(Customer customer, string type)
    {
        var bodies = customer.Requests.Select(r => Encoding.UTF8.GetString(r.Body.Span));
        var body = bodies.First(b => b.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal));
        const string Key = "\"text\":\"";
        var from = body.IndexOf(Key, StringComparison.Ordinal) + Key.Length;
        return body[from..body.IndexOf('"', from)];
    }
}

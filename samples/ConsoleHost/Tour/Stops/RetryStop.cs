using System.Text;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Testing.Receiving;

namespace ConsoleHost.Tour.Stops;

/// <summary>An endpoint that answers 500 at first. The schedule is the standard one, compressed.</summary>
internal sealed class RetryStop : ITourStop
{
    public const string Tenant = "retry";

    public string Title => "A 500 is retried and then delivered";

    public async Task<IReadOnlyList<Finding>> RunAsync(TourGround ground, CancellationToken cancellationToken)
    {
        var customer = await ground.CustomerAsync(new CustomerPlan(QuickProfiles.Standard, Tenant), cancellationToken);
        customer.AnswersWith(500, 503, 204);
        var published = await ground.Host.Publisher.PublishAsync("review-updated", """{"id":7,"rating":4}""", Tenant, cancellationToken);
        await customer.EndsAsync(1, cancellationToken);

        var log = await customer.LogAsync(cancellationToken);
        AttemptLines.Print(log);
        var again = await ground.Host.Publisher.PublishAsync(
            new NewWebhookEvent { Id = published.EventId, Type = "review-updated", Data = """{"id":7,"rating":4}""", TenantId = Tenant }, null, cancellationToken);
        return
        [
            new("retry: statuses in the delivery log", "500, 503, 204", string.Join(", ", log.Select(a => a.Result.StatusCode))),
            new("retry: outcomes in the delivery log", "Pending, Pending, Delivered", string.Join(", ", log.Select(a => a.Outcome))),
            new("retry: requests, verified", "3, 3", $"{customer.Requests.Count}, {customer.VerifiedCount()}"),
            new("retry: different message ids, different bodies", "1, 1", $"{Different(customer, r => r.Header("webhook-id")!)}, {Different(customer, r => Encoding.UTF8.GetString(r.Body.Span))}"),
            new("the same event id published again", "Duplicate", $"{again.Outcome}"),
        ];
    }

    private static int Different(Customer customer, Func<ReceivedRequest, string> part) => customer.Requests.Select(part).Distinct().Count();
}

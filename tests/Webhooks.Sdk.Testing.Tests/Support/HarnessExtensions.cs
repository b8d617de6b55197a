namespace Webhooks.Sdk.Testing.Tests.Support;

internal static class HarnessExtensions
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The times of arrival, in seconds since the start.</summary>
    public static IEnumerable<double> Arrivals(this WebhookHarness harness) => harness.Receiver.Requests.Select(r => (r.ReceivedAt - Start).TotalSeconds);

    /// <summary>Publishes so many events, <c>e1</c> and on.</summary>
    public static async Task PublishManyAsync(this WebhookHarness harness, int count, string type = "review-created")
    {
        var events = Enumerable.Range(1, count).Select(i => new Publishing.NewWebhookEvent { Type = type, Id = $"e{i}", Data = $$"""{"n":{{i}}}""" }).ToList();
        await harness.PublishManyAsync(events, cancellationToken: TestContext.Current.CancellationToken);
    }
}

using System.Diagnostics;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.DashboardLoad;

/// <summary>Publishes at a steady rate until it is told to stop.</summary>
internal static class Load
{
    private const int PerSecond = 50;

    public static async Task<int> RunAsync(IWebhookPublisher publisher, int rate, CancellationToken stop)
    {
        var began = Stopwatch.StartNew();
        var published = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var behind = (int)(began.Elapsed.TotalSeconds * rate) - published;
                await PublishAsync(publisher, published, behind);
                published += behind;
            }
        }
        catch (OperationCanceledException)
        {
        }

        return published;
    }

    public static async Task PublishAsync(IWebhookPublisher publisher, int first, int count)
    {
        foreach (var batch in Enumerable.Range(first, count).Chunk(500))
        {
            await publisher.PublishManyAsync([.. batch.Select(i => new NewWebhookEvent
            {
                Type = "review-created",
                Data = EventData.FromJson($$"""{"id":{{i}},"rating":{{1 + (i % 5)}},"text":"Café & terrace were great.","author":"Zoë"}"""),
            })]);
        }
    }
}

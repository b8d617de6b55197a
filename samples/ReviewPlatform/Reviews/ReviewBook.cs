using System.Collections.Concurrent;
using ReviewPlatform.Events;
using Webhooks.Sdk.Publishing;

namespace ReviewPlatform.Reviews;

/// <summary>
/// The reviews, and what customers hear of them. They are kept in memory because this is a demonstration; samples/OutboxHost shows how an event and
/// the row that it tells of are committed together.
/// </summary>
internal sealed class ReviewBook(IWebhookPublisher webhooks, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Review> _reviews = new();
    private int _lastId;

    public IEnumerable<Review> Of(string project) => _reviews.Values.Where(r => r.Project == project).OrderByDescending(r => r.Id);

    public Review? Find(Guid key) => _reviews.GetValueOrDefault(key);

    public async Task<Review> RateAsync(string project, int rating)
    {
        var review = new Review(Interlocked.Increment(ref _lastId), project, rating, time.GetUtcNow());
        _reviews[review.Key] = review;
        await webhooks.PublishAsync(new ReviewCreated(review.Id, rating, null, null, null, review.CreatedAt.UtcDateTime), project);
        return review;
    }

    public async Task WriteAsync(Review review, string? title, string? text, string? author)
    {
        _reviews[review.Key] = review with { Title = title, Text = text, Author = author };
        await webhooks.PublishAsync(
            new ReviewUpdated(review.Id, review.Rating, title, text, author, review.CreatedAt.UtcDateTime, time.GetUtcNow().UtcDateTime), review.Project);
    }

    public async Task DeleteAsync(Review review)
    {
        if (_reviews.TryRemove(review.Key, out _))
        {
            await webhooks.PublishAsync(new ReviewDeleted(review.Id, time.GetUtcNow().UtcDateTime), review.Project);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Webhooks.Sdk.EntityFrameworkCore.Outbox;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

/// <summary>A host's context.</summary>
internal sealed class ReviewDb(DbContextOptions<ReviewDb> options) : DbContext(options)
{
    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<WebhookOutboxMessage> Outbox => Set<WebhookOutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Review>().Property(r => r.Id).ValueGeneratedNever();
        modelBuilder.Entity<Review>().ToTable("reviews", t => t.HasCheckConstraint("rating_is_possible", "\"Rating\" <= 5"));
        modelBuilder.AddWebhooks();
    }
}

internal sealed class Review
{
    public int Id { get; init; }

    public int Rating { get; set; }
}

internal sealed record ReviewCreated(int Id, int Rating);

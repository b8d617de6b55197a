using Microsoft.EntityFrameworkCore;

namespace OutboxHost;

/// <summary>The application's own database. The outbox is one more table of it.</summary>
internal sealed class ReviewDb(DbContextOptions<ReviewDb> options) : DbContext(options)
{
    public DbSet<Review> Reviews => Set<Review>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWebhooks();
}

internal sealed record Review(Guid Id, int Rating);

internal sealed record ReviewCreated(Guid Id, int Rating);

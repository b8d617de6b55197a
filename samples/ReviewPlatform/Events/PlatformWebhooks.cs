using Webhooks.Sdk.DependencyInjection;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;

namespace ReviewPlatform.Events;

/// <summary>What this platform sends, in which format, and where it keeps it.</summary>
internal static class PlatformWebhooks
{
    public static WebhooksBuilder AddPlatformEvents(this WebhooksBuilder webhooks) => webhooks
        .AddEvent("review-created", "A visitor chooses a rating.", EventJson.Default.ReviewCreated,
            """{"id":7,"rating":5,"title":null,"text":null,"author":null,"createdAt":"2026-04-24T14:30:00Z"}""")
        .AddEvent("review-updated", "The visitor adds a text to the rating, or changes it.", EventJson.Default.ReviewUpdated,
            """{"id":7,"rating":5,"title":"Lovely place","text":"Café & terrace were great.","author":"Zoë","createdAt":"2026-04-24T14:30:00Z","updatedAt":"2026-04-24T14:31:00Z"}""")
        .AddEvent("review-deleted", "A review is removed.", EventJson.Default.ReviewDeleted,
            """{"id":7,"deletedAt":"2026-04-25T08:00:00Z"}""")
        .AddEvent("message-created", "An invitation to leave a review is written.", EventJson.Default.MessageCreated,
            """{"id":31,"to":"zoe@example.com","text":"How was your visit?","createdAt":"2026-04-24T14:31:00Z"}""")
        .AddEvent("message-updated", "An invitation is sent or changed.", EventJson.Default.MessageUpdated,
            """{"id":31,"to":"zoe@example.com","text":"How was your visit?","createdAt":"2026-04-24T14:31:00Z","updatedAt":"2026-04-24T14:40:00Z","sentAt":"2026-04-24T14:40:00Z"}""")
        .AddEvent("message-deleted", "An invitation is removed.", EventJson.Default.MessageDeleted,
            """{"id":31,"deletedAt":"2026-04-25T08:00:00Z"}""");

    /// <summary>The format that its customers know: 5 attempts over 2 hours, all of them times the scale.</summary>
    public static WebhooksBuilder UsePlatformProfile(this WebhooksBuilder webhooks, double scale)
    {
        var format = WebhookProfiles.MoreGoodReviews;
        return scale == 1 ? webhooks.UseProfile(format) : webhooks
            .UseProfile(format with { RetryPolicy = ((WebhookRetryPolicy)format.RetryPolicy).Scaled(scale) })
            .ConfigureDispatch(o => o.CircuitBreaker.Enabled = false); // it would leave the endpoint alone for longer than all attempts take
    }

    public static WebhooksBuilder UsePlatformStore(this WebhooksBuilder webhooks, IConfiguration configuration) => configuration["postgres"] is { } connection
        ? webhooks.UsePostgreSql(connection)
        : webhooks.UseSqlite(configuration["sqlite"] ?? "Data Source=review-platform.db");
}

using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Sqlite.Files;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Sqlite.Subscriptions;

/// <summary>A subscription as a row, and back.</summary>
internal static class SqliteSubscriptionRow
{
    public static SqliteStatement Bind(this SqliteStatement write, WebhookSubscription s) => write
        .Bind(s.Id).Bind(s.TenantId).Bind(s.Name).Bind(s.Description).Bind(s.Url).Bind(StoredLists.Write(s.EventTypes)).Bind(s.Profile)
        .Bind(StoredLists.Write(s.Secrets)).Bind(StoredLists.Write(s.Headers)).Bind(s.MaxPerSecond).Bind(Words.Of(s.Ordering)).Bind(Words.Of(s.State))
        .Bind(s.StateReason).Bind(s.StateChangedAt.ToMicroseconds()).Bind(s.Version).Bind(s.CreatedAt.ToMicroseconds()).Bind(s.UpdatedAt.ToMicroseconds());

    public static (long Seq, WebhookSubscription Subscription) Read(SqliteStatement row) => (row.Integer(0), new WebhookSubscription
    {
        Id = row.Text(1),
        TenantId = row.Text(2),
        Name = row.TextOrNull(3),
        Description = row.TextOrNull(4),
        Url = row.Text(5),
        EventTypes = StoredLists.ReadEventTypes(row.Text(6)),
        Profile = row.Text(7),
        Secrets = StoredLists.ReadSecrets(row.Text(8)),
        Headers = StoredLists.ReadHeaders(row.Text(9)),
        MaxPerSecond = row.RealOrNull(10),
        Ordering = Words.Read<DeliveryOrdering>(row.Text(11)),
        State = Words.Read<SubscriptionState>(row.Text(12)),
        StateReason = row.TextOrNull(13),
        StateChangedAt = row.Integer(14).ToTime(),
        Version = row.Integer(15),
        CreatedAt = row.Integer(16).ToTime(),
        UpdatedAt = row.Integer(17).ToTime(),
    });
}

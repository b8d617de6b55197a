using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.PostgreSql.Connections;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.PostgreSql.Subscriptions;

/// <summary>A subscription as a row: the order of columns is that of <see cref="SubscriptionSql"/>.</summary>
internal static partial class SubscriptionRow
{
    /// <summary>A row, or a removal when there is no subscription.</summary>
    public readonly record struct NumberedSubscription(string Id, WebhookSubscription? Subscription, long Change, long Sequence);

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, WebhookSubscription s) => command
        .With(s.Id).With(s.TenantId).With(s.Name).With(s.Description).With(s.Url).With([.. s.EventTypes]).With(s.Profile)
        .WithJson(JsonSerializer.Serialize([.. s.Secrets], SubscriptionJson.Default.ListSubscriptionSecret))
        .WithJson(JsonSerializer.Serialize(s.Headers.ToDictionary(), SubscriptionJson.Default.DictionaryStringString))
        .With(s.MaxPerSecond).With((short)s.Ordering).With((short)s.State).With(s.StateReason).With(s.StateChangedAt).With(s.Version)
        .With(s.CreatedAt).With(s.UpdatedAt);

    public static NumberedSubscription Read(NpgsqlDataReader row) => row.IsDBNull(1)
        ? new(row.GetString(0), null, row.GetInt64(17), 0)
        : new(row.GetString(0), ReadSubscription(row), row.GetInt64(17), row.GetInt64(18));

    private static WebhookSubscription ReadSubscription(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        TenantId = row.GetString(1),
        Name = row.IsDBNull(2) ? null : row.GetString(2),
        Description = row.IsDBNull(3) ? null : row.GetString(3),
        Url = row.GetString(4),
        EventTypes = row.GetFieldValue<string[]>(5),
        Profile = row.GetString(6),
        Secrets = JsonSerializer.Deserialize(row.GetString(7), SubscriptionJson.Default.ListSubscriptionSecret)!,
        Headers = JsonSerializer.Deserialize(row.GetString(8), SubscriptionJson.Default.DictionaryStringString)!,
        MaxPerSecond = row.IsDBNull(9) ? null : row.GetDouble(9),
        Ordering = (DeliveryOrdering)row.GetInt16(10),
        State = (SubscriptionState)row.GetInt16(11),
        StateReason = row.IsDBNull(12) ? null : row.GetString(12),
        StateChangedAt = row.GetFieldValue<DateTimeOffset>(13),
        Version = row.GetInt64(14),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(15),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(16),
    };

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(List<SubscriptionSecret>))]
    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class SubscriptionJson : JsonSerializerContext;
}

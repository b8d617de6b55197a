using System.Globalization;
using ConsoleHost.Input;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Subscriptions;

namespace ConsoleHost.Send;

/// <summary>What <c>send</c> was asked to do.</summary>
internal sealed record SendRequest
{
    public required WebhookProfile Profile { get; init; }
    public required string Url { get; init; }
    public required string Type { get; init; }
    public required byte[] Data { get; init; }
    public string? Secret { get; init; }
    public required string TenantId { get; init; }
    public string? TenantName { get; init; }
    public string? SubscriptionId { get; init; }
    public string? SubscriptionName { get; init; }
    public string? EventId { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public required int Count { get; init; }
    public int? Concurrency { get; init; }
    public bool AllowPrivateNetworks { get; init; }
    public required bool IsCompressed { get; init; }

    public NewSubscription Subscription() => new()
    {
        Id = SubscriptionId,
        TenantId = TenantId,
        Url = Url,
        Name = SubscriptionName,
        EventTypes = [Type],
        Secret = Secret,
    };

    /// <summary>The events, all of them made before the first is sent.</summary>
    public IEnumerable<NewWebhookEvent> Events()
    {
        var data = EventData.FromJson(Data);
        for (var i = 1; i <= Count; i++)
        {
            yield return new NewWebhookEvent { Type = Type, Data = data, TenantId = TenantId, TenantName = TenantName, Id = IdOf(i), CreatedAt = CreatedAt };
        }
    }

    /// <summary>What the publisher would find out only at the last event.</summary>
    public void Check()
    {
        if (EventId is not null)
        {
            MessageId.Checked("--event-id", IdOf(Count)!);
        }

        if ((long)Count * Data.Length > MaxBytes)
        {
            throw new BadInputException($"--count: {Count} events of {Data.Length} bytes are more than the {MaxBytes >> 20} MiB that are held in memory at once.");
        }
    }

    private const long MaxBytes = 512L << 20;

    private string? IdOf(int number) => EventId is null || Count == 1 ? EventId : string.Create(CultureInfo.InvariantCulture, $"{EventId}-{number}");
}

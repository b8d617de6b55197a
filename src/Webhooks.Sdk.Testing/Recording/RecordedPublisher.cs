using System.Data.Common;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;

namespace Webhooks.Sdk.Testing.Recording;

/// <summary>The host's publisher, with a record of what goes through it.</summary>
internal sealed class RecordedPublisher(IWebhookPublisher inner, WebhookEventCatalogue catalogue, WebhookRecords records) : IWebhookPublisher
{
    public async ValueTask<PublishResult> PublishAsync(NewWebhookEvent newEvent, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var result = await inner.PublishAsync(newEvent, transaction, cancellationToken);
        records.AddPublished(newEvent, TypeOf(newEvent), result);
        return result;
    }

    public async ValueTask<IReadOnlyList<PublishResult>> PublishManyAsync(
        IReadOnlyList<NewWebhookEvent> newEvents, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var results = await inner.PublishManyAsync(newEvents, transaction, cancellationToken);
        for (var i = 0; i < results.Count; i++)
        {
            records.AddPublished(newEvents[i], TypeOf(newEvents[i]), results[i]);
        }

        return results;
    }

    // What is published by its CLR type names no event type; the catalogue knows it.
    private string TypeOf(NewWebhookEvent newEvent) =>
        newEvent.Type
        ?? (newEvent.Data.GetType() is { IsGenericType: true } data ? catalogue.Types.FirstOrDefault(t => t.DataType == data.GenericTypeArguments[0])?.Name : null)
        ?? "";
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.Receiving;

/// <summary>Which handler takes which event type.</summary>
internal sealed class HandlerTable
{
    private readonly Dictionary<string, HandlerBinding> _byType = new(StringComparer.Ordinal);

    /// <summary>Takes every type that has no handler of its own; null when there is none.</summary>
    public HandlerBinding? Other { get; private set; }

    public bool IsEmpty => _byType.Count == 0 && Other is null;

    public void Add(string type, Func<ReceivedWebhook, CancellationToken, Task> handle) => Add(type, Untyped(handle));

    public void Add<T>(string type, JsonTypeInfo<T> typeInfo, Func<T, ReceivedWebhook, CancellationToken, Task> handle) =>
        Add(type, Typed(typeInfo, (data, webhook, _, cancellationToken) => handle(data, webhook, cancellationToken)));

    public void Add<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(string type, JsonTypeInfo<T> typeInfo)
        where THandler : class, IWebhookHandler<T> =>
        Add(type, Typed(typeInfo, (data, webhook, services, cancellationToken) =>
            (services.GetService<THandler>() ?? ActivatorUtilities.CreateInstance<THandler>(services)).HandleAsync(data, webhook, cancellationToken)));

    public void AddOther(Func<ReceivedWebhook, CancellationToken, Task> handle) =>
        Other = Other is null ? Untyped(handle) : throw new WebhookException("OnOther is called twice: one handler takes every other type.");

    public HandlerBinding? Find(string type) => _byType.GetValueOrDefault(type) ?? Other;

    private void Add(string type, HandlerBinding binding)
    {
        if (Events.EventTypeName.Check(type) is { } error)
        {
            throw new WebhookValidationException(error);
        }

        if (!_byType.TryAdd(type, binding))
        {
            throw new WebhookException($"The event type '{type}' has two handlers in one receiver: call both from one.");
        }
    }

    private static HandlerBinding Untyped(Func<ReceivedWebhook, CancellationToken, Task> handle) =>
        webhook => (_, cancellationToken) => handle(webhook, cancellationToken);

    private static HandlerBinding Typed<T>(JsonTypeInfo<T> typeInfo, Func<T, ReceivedWebhook, IServiceProvider, CancellationToken, Task> handle) => webhook =>
    {
        try
        {
            return JsonSerializer.Deserialize(webhook.Data.Span, typeInfo) is { } data
                ? (services, cancellationToken) => handle(data, webhook, services, cancellationToken)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    };
}

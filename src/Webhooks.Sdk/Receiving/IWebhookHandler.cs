namespace Webhooks.Sdk.Receiving;

/// <summary>Handles received events of one type. Register the class as a service; a receiver names it with <c>On&lt;T, THandler&gt;(type)</c>.</summary>
/// <typeparam name="T">What the event's data is read as.</typeparam>
public interface IWebhookHandler<in T>
{
    /// <summary>
    /// Handles one event. When it throws, the event is not handled and comes again, so what it does must stand or fall together, or bear repetition.
    /// </summary>
    /// <param name="data">The event's data.</param>
    /// <param name="webhook">All that arrived.</param>
    /// <param name="cancellationToken">Cancelled when the host stops for good or another node has taken the event over.</param>
    Task HandleAsync(T data, ReceivedWebhook webhook, CancellationToken cancellationToken);
}

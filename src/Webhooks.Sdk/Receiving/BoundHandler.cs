namespace Webhooks.Sdk.Receiving;

/// <summary>A handler with its data read: all that is left is to run it.</summary>
internal delegate Task BoundHandler(IServiceProvider services, CancellationToken cancellationToken);

/// <summary>Reads an event's data for its handler; null when it is not what the handler takes.</summary>
internal delegate BoundHandler? HandlerBinding(ReceivedWebhook webhook);

namespace Webhooks.Sdk.Testing.Assertions;

/// <summary>A test expected something of its webhooks that did not happen. Any test framework reports it as a failure.</summary>
public sealed class WebhookAssertionException(string message) : Exception(message);

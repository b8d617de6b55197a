namespace Webhooks.Sdk.AspNetCore.Receiving;

/// <summary>Who may send to a receiver that serves several senders, for example the tenant that the route names.</summary>
/// <param name="Id">Its id as the host stores it, not as the request spells it: message ids are told apart by it.</param>
/// <param name="Secrets">Its secrets; several while one is being rotated.</param>
public sealed record WebhookSender(string Id, params IReadOnlyList<string> Secrets);

using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk;
using Webhooks.Sdk.AspNetCore.Receiving;
using Webhooks.Sdk.Receiving;
using Webhooks.Sdk.Receiving.InMemory;
using Webhooks.Sdk.Telemetry;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps endpoints that receive webhooks.</summary>
public static class ReceiverEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Receives webhooks: verifies the raw body, handles each message once, and answers so that the sender knows whether to send it again.
    /// <code>app.MapWebhookReceiver("/hooks", receiver => receiver.Secret("whsec_…").On&lt;ReviewCreated&gt;("review-created", (e, ct) => …));</code>
    /// Without <c>services.AddWebhookReceiver(…)</c> what was handled is remembered in memory.
    /// </summary>
    /// <exception cref="WebhookException">The receiver has no secret, no handler, or something else is missing; the message says what.</exception>
    public static IEndpointConventionBuilder MapWebhookReceiver(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<ReceiverBuilder> configure)
    {
        var builder = new ReceiverBuilder(pattern);
        configure(builder);
        var settings = builder.Settings;
        settings.Check(builder.Handlers);

        var parts = new ReceiverParts(endpoints.ServiceProvider);
        var receiver = new ReceiverDefinition(settings.Name, settings.Profile.Envelope, builder.Handlers, settings.IsBackground);
        var pipeline = new ReceiverPipeline(settings, receiver, parts, new SenderCheck(settings, parts.Time));
        Register(receiver, parts);
        return endpoints.MapPost(pattern, pipeline.HandleAsync).WithDisplayName($"Webhook receiver {settings.Name}");
    }

    private static void Register(ReceiverDefinition receiver, ReceiverParts parts)
    {
        if (receiver.IsBackground && parts.Catalogue is null)
        {
            throw new WebhookException(
                $"The webhook receiver '{receiver.Name}' handles in the background, and nothing here does that. Call builder.Services.AddWebhookReceiver(r => r.UseSqlite(\"…\")) before the application is built.");
        }

        parts.Catalogue?.Add(receiver);
        if (receiver.IsBackground && parts.Inbox is InMemoryInbox)
        {
            parts.Logger.AcceptedInMemory(receiver.Name);
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Receiving;

namespace Webhooks.Sdk.AspNetCore.Receiving;

/// <summary>What <c>app.MapWebhookReceiver(…)</c> gives to say who may send what, and who handles it.</summary>
public sealed class ReceiverBuilder
{
    private const string Reflection = "Reflection-based reading. Use the overload with a JsonTypeInfo<T> in trimmed and AOT-compiled applications.";

    internal ReceiverBuilder(string name) => Settings = new ReceiverSettings { Name = name };

    internal ReceiverSettings Settings { get; }

    internal HandlerTable Handlers { get; } = new();

    /// <summary>The name under which messages are remembered. Default the route's pattern: give it one of its own before you change the route.</summary>
    public ReceiverBuilder Named(string name)
    {
        Settings.Name = name;
        return this;
    }

    /// <summary>The format that is received. Default <see cref="WebhookProfiles.Standard"/>.</summary>
    public ReceiverBuilder Profile(WebhookProfile profile)
    {
        Settings.Profile = profile;
        return this;
    }

    /// <summary>The sender's secret; several while it is being rotated.</summary>
    public ReceiverBuilder Secret(params IEnumerable<string> secrets)
    {
        Settings.Secrets.AddRange(secrets);
        return this;
    }

    /// <summary>Finds out whose request it is, from the route or anything else that the request says. Null answers 401, as a wrong signature does.</summary>
    public ReceiverBuilder Sender(Func<HttpContext, ValueTask<WebhookSender?>> resolve)
    {
        Settings.Resolve = resolve;
        return this;
    }

    /// <summary>Takes a format that nobody signs: whoever knows the URL may post anything. Put something secret into the route, or see to it that only the sender reaches it.</summary>
    public ReceiverBuilder AllowUnsigned()
    {
        Settings.IsUnsignedAllowed = true;
        return this;
    }

    /// <summary>How far a signed time may be from now, either way. Default 5 minutes.</summary>
    public ReceiverBuilder Tolerance(TimeSpan tolerance)
    {
        Settings.Tolerance = tolerance;
        return this;
    }

    /// <summary>The largest body. Default 1 MiB; a larger one gets 413 and is not read to its end.</summary>
    public ReceiverBuilder MaxBodyBytes(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        Settings.MaxBodyBytes = bytes;
        return this;
    }

    /// <summary>
    /// Says by what a repetition is recognised, in place of the format's message id; null for a message that is handled each time it comes. Formats
    /// without an id (<c>dialogform</c>) need it to have each message handled once.
    /// </summary>
    public ReceiverBuilder IdentifyBy(Func<ReceivedWebhook, string?> identify)
    {
        Settings.Identify = identify;
        return this;
    }

    /// <summary>
    /// Answers 202 when a message is stored, and has it handled afterwards, with retries. Needs <c>services.AddWebhookReceiver(…)</c>, and a
    /// durable inbox to be worth the sender's trust.
    /// </summary>
    public ReceiverBuilder InBackground()
    {
        Settings.IsBackground = true;
        return this;
    }

    /// <summary>Answers 400 to types that have no handler. By default they get 204: a sender may add types whenever it likes.</summary>
    public ReceiverBuilder RefuseOtherTypes()
    {
        Settings.AreOtherTypesRefused = true;
        return this;
    }

    /// <summary>Handles an event type whose data is read with source-generated metadata.</summary>
    public ReceiverBuilder On<T>(string type, JsonTypeInfo<T> typeInfo, Func<T, CancellationToken, Task> handle)
    {
        Handlers.Add(type, typeInfo, (data, _, cancellationToken) => handle(data, cancellationToken));
        return this;
    }

    /// <summary>Handles an event type whose data is read by reflection, camelCase.</summary>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public ReceiverBuilder On<T>(string type, Func<T, CancellationToken, Task> handle) => On(type, TypeInfo<T>(), handle);

    /// <summary>Handles an event type with a class from the services of the request, whose data is read with source-generated metadata.</summary>
    public ReceiverBuilder On<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(string type, JsonTypeInfo<T> typeInfo)
        where THandler : class, IWebhookHandler<T>
    {
        Handlers.Add<T, THandler>(type, typeInfo);
        return this;
    }

    /// <summary>Handles an event type with a class from the services of the request, whose data is read by reflection, camelCase.</summary>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public ReceiverBuilder On<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(string type)
        where THandler : class, IWebhookHandler<T> => On<T, THandler>(type, TypeInfo<T>());

    /// <summary>Handles an event type as it arrived.</summary>
    public ReceiverBuilder On(string type, Func<ReceivedWebhook, CancellationToken, Task> handle)
    {
        Handlers.Add(type, handle);
        return this;
    }

    /// <summary>Handles every type that has no handler of its own, as it arrived.</summary>
    public ReceiverBuilder OnOther(Func<ReceivedWebhook, CancellationToken, Task> handle)
    {
        Handlers.AddOther(handle);
        return this;
    }

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)JsonSerializerOptions.Web.GetTypeInfo(typeof(T));
}

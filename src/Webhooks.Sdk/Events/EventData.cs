using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Webhooks.Sdk.Events;

/// <summary>
/// An event's payload before publication: JSON text, or an object that is serialised when (and only when) somebody subscribes to the event.
/// Converts by itself from <see cref="string"/> and UTF-8 bytes (both JSON text), <see cref="JsonElement"/> and <see cref="JsonNode"/>.
/// </summary>
public abstract class EventData
{
    /// <summary>The deepest nesting that is published, as in System.Text.Json's own default.</summary>
    public const int MaxDepth = 64;

    internal static readonly WebhookError LoneSurrogate =
        new("data", "payload.lone_surrogate", "a string holds half of a surrogate pair, which has no UTF-8 form.");

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    // For text that the host has parsed already: its comments and trailing commas are the host's own affair and are not sent.
    private static readonly JsonDocumentOptions Lenient = Strict with { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private protected EventData()
    {
    }

    /// <summary>JSON text. Sent without insignificant white space; numbers keep their spelling, properties their order.</summary>
    public static EventData FromJson(ReadOnlyMemory<byte> utf8Json) => new Utf8JsonData(utf8Json);

    /// <summary>JSON text. Sent without insignificant white space; numbers keep their spelling, properties their order.</summary>
    public static EventData FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new TextJsonData(json);
    }

    /// <summary>A value with its source-generated (or otherwise made) metadata.</summary>
    public static EventData From<T>(T value, JsonTypeInfo<T> typeInfo) => new TypedData<T>(value, typeInfo);

    /// <summary>A value that reflection serialises, camelCase by default. Not for trimmed or AOT-compiled hosts.</summary>
    [RequiresUnreferencedCode("Reflection-based serialisation. Pass a JsonTypeInfo<T> in trimmed applications.")]
    [RequiresDynamicCode("Reflection-based serialisation. Pass a JsonTypeInfo<T> in AOT-compiled applications.")]
    public static EventData From<T>(T value, JsonSerializerOptions? options = null)
    {
        options ??= ReflectionJson.Options;
        options.MakeReadOnly(populateMissingResolver: true); // as JsonSerializer does with new options at their first use
        return new TypedData<T>(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }

    /// <summary>A value whose type <c>AddEvent</c> declared: the catalogue knows its event type and its metadata.</summary>
    public static EventData Declared<T>(T value) where T : notnull => new DeclaredData<T>(value);

    /// <summary>JSON text.</summary>
    public static implicit operator EventData(string json) => FromJson(json);

    /// <summary>UTF-8 JSON text.</summary>
    public static implicit operator EventData(ReadOnlyMemory<byte> utf8Json) => FromJson(utf8Json);

    /// <summary>UTF-8 JSON text.</summary>
    public static implicit operator EventData(byte[] utf8Json) => FromJson(utf8Json);

    /// <summary>A parsed JSON value.</summary>
    public static implicit operator EventData(JsonElement element) => new ElementData(element);

    /// <summary>A JSON node; null is the JSON value <c>null</c>. Do not change it before the publish call has returned.</summary>
    public static implicit operator EventData(JsonNode? node) => node is null ? FromJson("null") : new NodeData(node);

    /// <summary>The frozen bytes: validated, minified UTF-8 JSON in an array of their own.</summary>
    /// <exception cref="WebhookValidationException">Not JSON, too large, too deep, a duplicate key, NaN, or half a surrogate pair.</exception>
    public byte[] Freeze(int maxBytes)
    {
        try
        {
            var bytes = Write(maxBytes);
            return bytes.Length <= maxBytes ? bytes : throw TooLarge(bytes.Length, maxBytes);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new WebhookValidationException(new WebhookError("data", "payload.not_json", e.Message));
        }
    }

    /// <summary>The event type and the data to freeze: only declared data needs the catalogue.</summary>
    internal virtual (string Type, EventData Data) Resolve(string? type, WebhookEventCatalogue catalogue) => (type ?? "", this);

    private protected abstract byte[] Write(int maxBytes);

    private static WebhookValidationException TooLarge(int bytes, int maxBytes) => new(new WebhookError(
        "data", "payload.too_large", $"the payload has {bytes} bytes; at most {maxBytes} are allowed (PublishOptions.MaxPayloadBytes). Send a link instead."));

    // Every kind of text is read and written again, so that white space, escapes and duplicate keys are settled in one place.
    private static byte[] Rewrite(ReadOnlyMemory<byte> utf8, int maxBytes, JsonDocumentOptions? options = null)
    {
        // White space may shrink: only what is hopelessly large is refused before it is read.
        if (utf8.Length > 4L * maxBytes)
        {
            throw TooLarge(utf8.Length, maxBytes);
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            throw new WebhookValidationException(new WebhookError("data", "payload.not_utf8", "the payload is not valid UTF-8."));
        }

        using var scratch = JsonScratch.Rent();
        try
        {
            using var document = JsonDocument.Parse(utf8, options ?? Strict);
            document.RootElement.WriteTo(scratch.Writer);
        }
        catch (InvalidOperationException)
        {
            // The one thing that is neither a syntax error nor written: an escaped half pair, in a value or (when compared) in a name.
            throw new WebhookValidationException(LoneSurrogate);
        }

        return scratch.ToArray();
    }

    private sealed class Utf8JsonData(ReadOnlyMemory<byte> utf8) : EventData
    {
        private protected override byte[] Write(int maxBytes) => Rewrite(utf8, maxBytes);
    }

    private sealed class TextJsonData(string json) : EventData
    {
        private protected override byte[] Write(int maxBytes)
        {
            if (json.Length > 4L * maxBytes)
            {
                throw TooLarge(json.Length, maxBytes);
            }

            var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
            try
            {
                return Utf8.FromUtf16(json, buffer, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
                    ? Rewrite(buffer.AsMemory(0, length), maxBytes)
                    : throw new WebhookValidationException(LoneSurrogate);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private sealed class ElementData(JsonElement element) : EventData
    {
        private protected override byte[] Write(int maxBytes)
        {
            if (element.ValueKind == JsonValueKind.Undefined)
            {
                throw new WebhookValidationException(new WebhookError("data", "payload.not_json", "the JsonElement is undefined."));
            }

            // The document behind it may have been parsed with looser rules than ours, so its text is read again.
            return Rewrite(JsonMarshal.GetRawUtf8Value(element).ToArray(), maxBytes, Lenient);
        }
    }

    private sealed class NodeData(JsonNode node) : EventData
    {
        private protected override byte[] Write(int maxBytes)
        {
            using var scratch = JsonScratch.Rent();
            node.WriteTo(scratch.Writer);
            return Rewrite(scratch.ToArray(), maxBytes);
        }
    }

    private sealed class TypedData<T>(T value, JsonTypeInfo<T> typeInfo) : EventData
    {
        private protected override byte[] Write(int maxBytes)
        {
            using var scratch = JsonScratch.Rent();
            JsonSerializer.Serialize(scratch.Writer, value, typeInfo);
            var json = scratch.ToArray();

            // A contract escapes the names of its members with its own encoder; what is written with escapes is settled by reading it again.
            return ClosedContract.Is(typeInfo) && json.AsSpan().IndexOf("\\u"u8) < 0 ? json : Rewrite(json, maxBytes);
        }
    }

    private sealed class DeclaredData<T>(T value) : EventData
        where T : notnull
    {
        internal override (string Type, EventData Data) Resolve(string? type, WebhookEventCatalogue catalogue)
        {
            var declared = catalogue.Of(typeof(T));
            return (type ?? declared.Name, new TypedData<T>(value, (JsonTypeInfo<T>)declared.TypeInfo!));
        }

        private protected override byte[] Write(int maxBytes) => throw new NotSupportedException("Declared data is frozen by the publisher only.");
    }
}

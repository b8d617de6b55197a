using System.Buffers;
using System.Text.Json;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Envelopes;

/// <summary>The base of envelopes that are JSON. The writer escapes only what JSON requires, so <c>é &lt; &gt; &amp; ' +</c> go out as themselves.</summary>
public abstract class JsonEnvelope : IWebhookEnvelope
{
    // Writing is synchronous, so one writer per thread is never used twice at once.
    [ThreadStatic] private static Utf8JsonWriter? t_writer;

    // What an idle writer holds, so that it keeps nobody's buffer alive. A stream would cost it a new buffer each time.
    private static readonly ArrayBufferWriter<byte> Nothing = new();

    /// <inheritdoc/>
    public virtual string ContentType => "application/json";

    /// <inheritdoc/>
    public virtual bool IsPerSubscription => false;

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, in EnvelopeContext context)
    {
        var writer = t_writer ??= new Utf8JsonWriter(Nothing, PlainJsonEncoder.WriterOptions);
        writer.Reset(output);
        try
        {
            WriteJson(writer, context);
            writer.Flush();
        }
        finally
        {
            writer.Reset(Nothing);
        }
    }

    /// <inheritdoc/>
    public virtual ReceivedEvent? Read(ReadOnlyMemory<byte> body, Func<string, string?> header) =>
        throw new NotSupportedException($"{GetType().Name} can only be sent. Override JsonEnvelope.Read in it to receive its format.");

    /// <summary>Writes the one JSON value that is the body.</summary>
    protected abstract void WriteJson(Utf8JsonWriter json, in EnvelopeContext context);

    /// <summary>Writes the event's data as the property <paramref name="name"/>, as it was frozen.</summary>
    protected static void WriteData(Utf8JsonWriter json, JsonEncodedText name, WebhookEvent @event)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(@event.Data.Span, skipInputValidation: true);
    }
}

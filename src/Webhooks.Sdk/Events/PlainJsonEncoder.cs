using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Webhooks.Sdk.Events;

/// <summary>
/// Escapes what RFC 8259 requires and nothing else: <c>"</c>, <c>\</c> and the control characters. The framework's most relaxed encoder
/// still escapes emoji, U+2028 and U+00A0, which other systems send as themselves. A lone surrogate is refused, not replaced.
/// </summary>
internal sealed unsafe class PlainJsonEncoder : JavaScriptEncoder
{
    public static readonly PlainJsonEncoder Instance = new();

    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = Instance, SkipValidation = true, MaxDepth = EventData.MaxDepth };

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private static readonly SearchValues<char> Surrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    private static readonly SearchValues<char> SuspectChars = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => utf8Text.IndexOfAny(EscapedBytes);

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        // The scan goes on after the first find: from there the base class encodes, and it replaces lone surrogates without a word.
        var span = new ReadOnlySpan<char>(text, textLength);
        var first = -1;
        for (var from = 0; ;)
        {
            var at = span[from..].IndexOfAny(first < 0 ? SuspectChars : Surrogates);
            if (at < 0)
            {
                return first;
            }

            from += at;
            if (!char.IsSurrogate(span[from]))
            {
                first = from;
                continue;
            }

            if (Rune.DecodeFromUtf16(span[from..], out _, out var consumed) != OperationStatus.Done)
            {
                throw new WebhookValidationException(EventData.LoneSurrogate);
            }

            from += consumed;
        }
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var target = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
        {
            return new Rune(unicodeScalar).TryEncodeToUtf16(target, out numberOfCharactersWritten);
        }

        var escaped = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => null,
        };
        if (escaped is not null)
        {
            numberOfCharactersWritten = escaped.Length;
            return escaped.TryCopyTo(target);
        }

        numberOfCharactersWritten = 6;
        return target.TryWrite($"\\u{unicodeScalar:x4}", out _);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FsCheck.Fluent;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Events;

public sealed partial class EventDataTests
{
    private const int Max = 256 * 1024;

    private sealed record Review(int Id, string? Text, double Score);

    private sealed record Named([property: JsonPropertyName("größe<&>😀")] int Size);

    private sealed class Nested
    {
        public Nested? Next { get; init; }
    }

    [JsonSerializable(typeof(Review))]
    [JsonSerializable(typeof(Named))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    private sealed partial class Generated : JsonSerializerContext;

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData(" { \"b\" : 1 ,\r\n\t\"a\" : [ 1 , 2 ] } ", """{"b":1,"a":[1,2]}""")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("null", "null")]
    [InlineData("""{"n":[1.0,1e400,-0,-0.0,1E+2,0.10,123456789012345678901234567890]}""", """{"n":[1.0,1e400,-0,-0.0,1E+2,0.10,123456789012345678901234567890]}""")]
    [InlineData("""{"score":null}""", """{"score":null}""")]
    [InlineData("""{"t":"\u00e9\u003c\u003e\u0026\u0027\u002b\u2028\ud83d\ude00\/"}""", "{\"t\":\"é<>&'+\u2028😀/\"}")]
    [InlineData("""{"t":"\u0022\u005c\u0008\u000c\u000a\u000d\u0009\u0000\u001F\u007f"}""", "{\"t\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\"}")]
    public void Text_is_minified_and_otherwise_kept(string json, string frozen)
    {
        Freeze(json).Should().Be(frozen);
        Freeze(Encoding.UTF8.GetBytes(json)).Should().Be(frozen);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("// no\n{}")]
    [InlineData("NaN")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("[Infinity]")]
    [InlineData("[01]")]
    [InlineData("[+1]")]
    [InlineData("[1.]")]
    [InlineData("\"\t\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\ufeff{}")]
    public void What_is_not_JSON_is_refused(string json)
    {
        Refusal(json).Should().Be("payload.not_json");
        Refusal(Encoding.UTF8.GetBytes(json)).Should().Be("payload.not_json");
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"b":2,"\u0061":3}""")]
    [InlineData("""[{"x":{"é":1,"\u00e9":2}}]""")]
    [InlineData("""{"":1,"":2}""")]
    public void Duplicate_keys_are_refused_however_they_are_escaped(string json)
    {
        Refusal(json).Should().Be("payload.not_json");
        using var loose = JsonDocument.Parse(json); // the framework's default allows duplicates
        Refusal(loose.RootElement).Should().Be("payload.not_json");
        Refusal(EventData.From(new { inner = loose.RootElement })).Should().Be("payload.not_json");
    }

    [Theory]
    [InlineData("""{"a":1,"A":2}""")]
    [InlineData("""[{"a":1},{"a":2}]""")]
    [InlineData("""{"a":{"a":1}}""")]
    public void Keys_that_only_look_alike_are_not_duplicates(string json) => Freeze(json).Should().Be(json);

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Nesting_goes_64_deep_and_no_deeper(string open, string close)
    {
        var deepest = Nest(64);
        var tooDeep = Nest(65);
        var loose = new JsonDocumentOptions { MaxDepth = 1000 };

        Freeze(deepest).Should().Be(deepest);
        Freeze(JsonNode.Parse(deepest, documentOptions: loose)!).Should().Be(deepest);
        Refusal(tooDeep).Should().Be("payload.not_json");
        Refusal(JsonNode.Parse(tooDeep, documentOptions: loose)!).Should().Be("payload.not_json");
        Refusal(JsonDocument.Parse(tooDeep, loose).RootElement).Should().Be("payload.not_json");

        string Nest(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + (open == "[" ? "" : "1") + string.Concat(Enumerable.Repeat(close, depth));
    }

    [Fact]
    public void Nesting_of_typed_objects_goes_64_deep_and_no_deeper()
    {
        var options = new JsonSerializerOptions { MaxDepth = 1000, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        Freeze(EventData.From(Nest(64), options)).Should().StartWith("""{"Next":{"Next":""");
        Refusal(EventData.From(Nest(65), options)).Should().Be("payload.not_json");

        static Nested Nest(int depth) => Enumerable.Range(1, depth - 1).Aggregate(new Nested(), (inner, _) => new Nested { Next = inner });
    }

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDBFF)]
    [InlineData(0xDC00)]
    [InlineData(0xDFFF)]
    public void Half_a_surrogate_pair_is_refused_wherever_it_hides(int unit)
    {
        var half = ((char)unit).ToString();
        var escaped = "\\u" + unit.ToString("x4", CultureInfo.InvariantCulture);

        // Also after a character that must be escaped, where the framework's own encoders would replace the half.
        foreach (var text in new[] { half, $"a{half}", $"{half}a", $"😀{half}", $"quote \" and {half}", $"\n{half}\n" })
        {
            EventData[] forms =
            [
                JsonValue.Create(text),
                new JsonObject { [text] = 1 },
                new JsonObject { ["a"] = text },
                EventData.From(text),
                EventData.From(new Review(1, text, 2)),
                EventData.From(new Review(1, text, 2), Generated.Default.Review),
                EventData.From(new Dictionary<string, int> { [text] = 1 }),
            ];
            foreach (var form in forms)
            {
                Refusal(form).Should().Be("payload.lone_surrogate");
            }
        }

        foreach (var json in new[] { $"\"{half}\"", $"{{\"a{half}\":1}}", $"[\"\\n{half}\"]" })
        {
            Refusal(json).Should().Be("payload.lone_surrogate");
        }

        foreach (var json in new[] { $"\"{escaped}\"", $"{{\"{escaped}\":1}}", $"[\"a{escaped}b\"]", $"[\"{escaped}\\u0041\"]" })
        {
            Refusal(json).Should().Be("payload.lone_surrogate");
            Refusal(Encoding.UTF8.GetBytes(json)).Should().Be("payload.lone_surrogate");
            using var document = JsonDocument.Parse(json);
            Refusal(document.RootElement).Should().Be("payload.lone_surrogate");
            Refusal(EventData.From(new { inner = document.RootElement })).Should().StartWith("payload.");
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xC3, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 })] // a surrogate as three bytes
    [InlineData(new byte[] { 0x22, 0xC0, 0x80, 0x22 })] // an overlong NUL
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00 })] // UTF-16
    public void Bytes_that_are_not_UTF8_are_refused(byte[] bytes) => Refusal(bytes).Should().Be("payload.not_utf8");

    [Fact]
    public void A_byte_order_mark_is_refused() => Refusal(new byte[] { 0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}' }).Should().Be("payload.not_json");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_JSON_cannot_hold_is_refused(double number)
    {
        Refusal(EventData.From(new Review(1, null, number))).Should().Be("payload.not_json");
        Refusal(JsonValue.Create(number)).Should().Be("payload.not_json");
    }

    [Fact]
    public void The_limit_counts_the_frozen_bytes()
    {
        var exact = $"\"{new string('x', 98)}\"";
        ((EventData)exact).Freeze(100).Should().HaveCount(100);
        ((EventData)$"  {exact}  ").Freeze(100).Should().HaveCount(100);

        foreach (var data in new EventData[] { $"\"{new string('x', 99)}\"", $"\"{new string('é', 50)}\"", EventData.From(new string('x', 99)), JsonValue.Create(new string('x', 99)) })
        {
            var refused = data.Invoking(d => d.Freeze(100)).Should().Throw<WebhookValidationException>().Which;
            refused.Errors.Should().ContainSingle().Which.Rule.Should().Be("payload.too_large");
            refused.Message.Should().Contain("PublishOptions.MaxPayloadBytes");
        }
    }

    [Fact]
    public void What_is_hopelessly_large_is_refused_before_it_is_read()
    {
        Refusal(new string('{', (4 * Max) + 1)).Should().Be("payload.too_large");
        Refusal(Enumerable.Repeat((byte)'{', (4 * Max) + 1).ToArray()).Should().Be("payload.too_large");
    }

    [Fact]
    public void Everything_that_is_JSON_converts_by_itself()
    {
        const string Json = """{"b":1,"a":[true,null]}""";
        using var document = JsonDocument.Parse(Json);
        EventData[] forms =
        [
            Json, Encoding.UTF8.GetBytes(Json), new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(Json)), document.RootElement, JsonNode.Parse(Json)!,
            EventData.FromJson(Json), EventData.FromJson(Encoding.UTF8.GetBytes(Json)),
        ];

        forms.Select(Freeze).Should().AllBe(Json);
    }

    [Fact]
    public void An_undefined_element_is_refused() => Refusal(default(JsonElement)).Should().Be("payload.not_json");

    [Fact]
    public void Objects_are_camelCase_by_default_and_keep_their_nulls() =>
        Freeze(EventData.From(new Review(7, null, 1.5))).Should().Be("""{"id":7,"text":null,"score":1.5}""");

    [Fact]
    public void Source_generated_metadata_decides_about_names() =>
        Freeze(EventData.From(new Review(7, "é < > & ' + 😀 \u2028", 1.5), Generated.Default.Review))
            .Should().Be("{\"id\":7,\"text\":\"é < > & ' + 😀 \u2028\",\"score\":1.5}");

    [Fact]
    public void Names_of_members_are_not_escaped_either()
    {
        Freeze(EventData.From(new Named(1))).Should().Be("{\"größe<&>😀\":1}");
        Freeze(EventData.From(new Named(1), Generated.Default.Named)).Should().Be("{\"größe<&>😀\":1}");
    }

    [Fact]
    public void Frozen_bytes_do_not_change_with_their_source()
    {
        var source = Encoding.UTF8.GetBytes("[1]");
        var frozen = ((EventData)source).Freeze(Max);
        source[1] = (byte)'2';
        frozen.Should().Equal("[1]"u8.ToArray());
    }

    [Fact]
    public void Freezing_keeps_every_value_and_is_stable() => Properties.ForAll(Generate.Json, json =>
    {
        var frozen = Freeze(json);
        using var before = JsonDocument.Parse(json);
        using var after = JsonDocument.Parse(frozen);
        return JsonElement.DeepEquals(before.RootElement, after.RootElement)
            && Freeze(frozen) == frozen
            && Freeze(after.RootElement) == frozen;
    });

    [Fact]
    public void No_text_makes_it_throw_anything_but_a_refusal() => Properties.ForAll(
        Gen.OneOf(Generate.Garbage, Generate.From("{", "}", "[", "]", "\"", ":", ",", "1", "\\u", "d800", "\\", "e", "-", ".", "null", " ")),
        text => { Refusal(text); });

    private static string Freeze(EventData data) => Encoding.UTF8.GetString(data.Freeze(Max));

    private static string? Refusal(EventData data)
    {
        try
        {
            data.Freeze(Max);
            return null;
        }
        catch (WebhookValidationException e)
        {
            return e.Errors.Should().ContainSingle(error => error.Member == "data").Which.Rule;
        }
    }
}

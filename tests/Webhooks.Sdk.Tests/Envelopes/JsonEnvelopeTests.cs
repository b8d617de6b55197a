using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Envelopes;

/// <summary>What holds for the body of every format.</summary>
public sealed class JsonEnvelopeTests
{
    public static TheoryData<string> EveryProfile => [.. WebhookProfiles.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(EveryProfile))]
    public void Text_goes_out_as_itself(string profile)
    {
        const string Data = "{\"é < > & ' +\":\"é < > & ' + / 日本 😀 \u00a0 \u2028 \u007f \\\" \\\\ \\n \\u0000\"}";
        Envelope(profile).Render(Sample.Context(Sample.Event(Data))).Should().Contain(Data);
    }

    [Theory]
    [MemberData(nameof(EveryProfile))]
    public void Every_rendering_is_the_same_and_holds_the_same_data(string profile)
    {
        var envelope = Envelope(profile);
        var samples = from json in Generate.Json from subscription in Generate.Text from tenant in Generate.Text select (json, subscription, tenant);
        Properties.ForAll(samples, sample =>
        {
            var (json, subscription, tenant) = sample;
            var frozen = Encoding.UTF8.GetString(EventData.FromJson(json).Freeze(int.MaxValue));
            var context = Sample.Context(Sample.Event(frozen, tenantName: tenant), subscription);
            var again = Sample.Context(Sample.Event(frozen, tenantName: tenant), subscription); // made anew, as another node does
            var body = envelope.RenderBytes(context);

            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 100 });
            using var data = JsonDocument.Parse(json);
            return body.SequenceEqual(envelope.RenderBytes(context))
                && body.SequenceEqual(envelope.RenderBytes(again))
                && JsonElement.DeepEquals(DataOf(profile, document.RootElement), data.RootElement)
                && (profile != "ratecard" || NamesOf(document.RootElement) == (subscription, tenant));
        });
    }

    [Fact]
    public void Data_as_deep_as_may_be_published_fits_into_every_body()
    {
        var deepest = new string('[', EventData.MaxDepth) + new string(']', EventData.MaxDepth);
        foreach (var profile in WebhookProfiles.All)
        {
            profile.Envelope.Render(Sample.Context(Sample.Event(deepest))).Should().Contain(deepest, profile.Name);
        }
    }

    [Fact]
    public void Threads_do_not_disturb_each_other() => Parallel.For(0, 1000, i =>
        new StandardEnvelope().Render(Sample.Context(Sample.Event($"[{i}]"))).Should().EndWith($"\"data\":[{i}]}}"));

    [Fact]
    public void A_rendering_that_fails_leaves_nothing_for_the_next_one()
    {
        FluentActions.Invoking(() => new Failing().Write(new ArrayBufferWriter<byte>(), Sample.Context(Sample.Event()))).Should().Throw<InvalidDataException>();
        new TypeAndDataEnvelope().Render(Sample.Context(Sample.Event("1", "a"))).Should().Be("""{"type":"a","data":1}""");
    }

    private static IWebhookEnvelope Envelope(string profile) => WebhookProfiles.All.Single(p => p.Name == profile).Envelope;

    private static JsonElement DataOf(string profile, JsonElement body) => profile switch
    {
        "ratecard" => body.GetProperty("payload"),
        "stripe" => body.GetProperty("data").GetProperty("object"),
        "github" or "cloudevents-binary" => body,
        _ => body.GetProperty("data"),
    };

    private static (string?, string?) NamesOf(JsonElement body) =>
        (body.GetProperty("webhook").GetProperty("name").GetString(), body.GetProperty("account").GetProperty("name").GetString());

    private sealed class Failing : JsonEnvelope
    {
        protected override void WriteJson(Utf8JsonWriter json, in EnvelopeContext context)
        {
            json.WriteStartObject();
            throw new InvalidDataException();
        }
    }
}

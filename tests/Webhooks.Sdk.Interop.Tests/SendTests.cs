using System.Text.Json;
using System.Text.Json.Nodes;
using Webhooks.Sdk.Interop.Tests.Programs;

namespace Webhooks.Sdk.Interop.Tests;

/// <summary>What <c>send</c> sends, received by libraries that others wrote.</summary>
public sealed class SendTests
{
    // What an encoder might escape, cut in half or write in another normal form.
    private const string Data = """{"text":"é e\u0301 <b> & ' + / 漢字 🎈 \u2028 \u0000","score":87.50,"none":null,"list":[1,"zwei"]}""";

    public static TheoryData<string, string> Rows => Counterparts.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_library_accepts_what_is_sent_and_reads_the_data(string profile, string library)
    {
        var other = Counterparts.Find(profile, library);
        using var receiver = await LibraryReceiver.StartAsync(library, other.Secret);

        var sent = await SendAsync(other, receiver, other.Secret, "--event-id", "evt_1", "--count", "2");

        var received = await receiver.StopAsync();
        sent.ExitCode.Should().Be(0, sent.Output + sent.Error);
        received.Should().HaveCount(2).And.OnlyContain(r => r.Ok && r.Type == other.EventType);
        received.Select(r => r.Id).Should().OnlyHaveUniqueItems().And.NotContainNulls();
        received.Should().OnlyContain(r => JsonNode.DeepEquals(DataOf(profile, r.Payload), JsonNode.Parse(Data, null, default)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_library_refuses_every_attempt_that_another_secret_signed(string profile, string library)
    {
        var other = Counterparts.Find(profile, library);
        using var receiver = await LibraryReceiver.StartAsync(library, other.Secret);

        var sent = await SendAsync(other, receiver, other.OtherSecret, "--retry-scale", "0");

        var received = await receiver.StopAsync();
        sent.ExitCode.Should().Be(1, sent.Output + sent.Error);
        sent.Output.Should().Contain(" 401 Unauthorized ");
        received.Should().NotBeEmpty().And.OnlyContain(r => !r.Ok && r.Error!.Contains(other.Refusal));
    }

    [Theory]
    [InlineData("cloudevents")]
    [InlineData("cloudevents-binary")]
    public async Task The_CloudEvents_SDK_finds_every_attribute(string profile)
    {
        var other = Counterparts.Find(profile, profile);
        using var receiver = await LibraryReceiver.StartAsync(profile, other.Secret);

        var sent = await SendAsync(other, receiver, other.Secret, "--event-id", "evt_1", "--created-at", "2026-04-24T14:30:00.250Z");

        sent.ExitCode.Should().Be(0, sent.Output + sent.Error);
        var received = (await receiver.StopAsync()).Should().ContainSingle().Subject;
        var expected = JsonNode.Parse("""
            {"id":"evt_1","source":"/webhooks","type":"note.added","specversion":"1.0","time":"2026-04-24T14:30:00.250Z","datacontenttype":"application/json"}
            """)!;
        expected["data"] = JsonNode.Parse(Data);
        JsonNode.DeepEquals(JsonNode.Parse(received.Payload.GetRawText()), expected).Should().BeTrue(received.Payload.GetRawText());
    }

    private static Task<Ended> SendAsync(Counterparts.Counterpart other, LibraryReceiver receiver, string secret, params string[] more) =>
        ConsoleHostProgram.RunAsync(Data,
            ["send", "--url", receiver.Url, "--allow-private-networks", "--profile", other.Profile, "--type", other.EventType, "--data", "@-", "--secret", secret, .. more]);

    private static JsonNode? DataOf(string profile, JsonElement payload) => JsonNode.Parse((profile switch
    {
        "github" => payload,
        "stripe" => payload.GetProperty("data").GetProperty("object"),
        _ => payload.GetProperty("data"),
    }).GetRawText());
}

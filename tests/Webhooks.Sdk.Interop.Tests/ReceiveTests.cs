using System.Text.Json;
using Webhooks.Sdk.Interop.Tests.Programs;

namespace Webhooks.Sdk.Interop.Tests;

/// <summary>Senders that others wrote (their library signs, Node's fetch sends) deliver to samples/Receiver, a process of its own.</summary>
public sealed class ReceiveTests
{
    private const string Reviewed = """{"type":"review-created","timestamp":"2026-04-24T14:30:00Z","data":{"id":7,"rating":5}}""";

    // The last event, sent to see that nothing came before it.
    private const string Last = """{"type":"review-created","timestamp":"2026-04-24T14:30:00Z","data":{"id":8,"rating":1}}""";

    public static TheoryData<string, string> Rows => Counterparts.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_the_library_signed_is_handled(string profile, string library)
    {
        var other = Counterparts.Find(profile, library);
        using var receiver = await ReceiverProgram.StartAsync(profile, other.Secret);

        (await DeliverAsync(library, other.Secret, receiver, BodyFor(profile))).Should().Equal(204);

        (await receiver.ReadLineAsync()).Should().MatchRegex(profile switch
        {
            "standard" or "moregoodreviews" => "^review 7 with 5 stars$",
            "stripe" => """^charge.succeeded evt_1 \{"amount":100\}$""",
            "github" => """^push \S+ \{"ref":"é"\}$""",
            "reviewsense" => """^review.analysed evt_01 \{"score":87\}$""",
            _ => """^note.added msg_\S+ \{"text":"é"\}$""",
        });
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_another_secret_signed_gets_401_and_is_not_handled(string profile, string library)
    {
        var other = Counterparts.Find(profile, library);
        using var receiver = await ReceiverProgram.StartAsync(profile, other.Secret);

        (await DeliverAsync(library, other.OtherSecret, receiver, BodyFor(profile), times: 3)).Should().Equal(401, 401, 401);
    }

    [Theory]
    [InlineData("standardwebhooks", false)]
    [InlineData("svix", false)]
    [InlineData("standardwebhooks", true)]
    public async Task A_thousand_simultaneous_sends_of_one_message_are_handled_once(string library, bool inBackground)
    {
        var secret = Counterparts.Find("standard", library).Secret;
        using var receiver = await ReceiverProgram.StartAsync("standard", secret, inBackground);

        var statuses = await DeliverAsync(library, secret, receiver, Reviewed, times: 1000);

        // Whoever came while the first was in hand is asked to come again.
        statuses.Should().HaveCount(1000).And.OnlyContain(s => inBackground ? s == 202 || s == 204 : s == 204 || s == 503).And.Contain(s => s == 202 || s == 204);
        await DeliverAsync(library, secret, receiver, Last);
        (await receiver.ReadLineAsync()).Should().Be("review 7 with 5 stars");
        (await receiver.ReadLineAsync()).Should().Be("review 8 with 1 stars");
    }

    [Theory]
    [InlineData("standardwebhooks", "standard")]
    [InlineData("svix", "standard")]
    [InlineData("stripe", "stripe")]
    public async Task What_was_signed_too_long_ago_gets_401(string library, string profile)
    {
        var secret = Counterparts.Find(profile, library).Secret;
        using var receiver = await ReceiverProgram.StartAsync(profile, secret);

        (await DeliverAsync(library, secret, receiver, BodyFor(profile), secondsAgo: 310)).Should().Equal(401);
        (await DeliverAsync(library, secret, receiver, BodyFor(profile), secondsAgo: 290)).Should().Equal(204);
    }

    private static string BodyFor(string profile) => profile switch
    {
        "standard" or "moregoodreviews" => Reviewed,
        "stripe" => """{"id":"evt_1","object":"event","api_version":"2025-01-01","created":1777041000,"type":"charge.succeeded","data":{"object":{"amount":100}}}""",
        "github" => """{"ref":"é"}""",
        "reviewsense" => """{"id":"evt_01","type":"review.analysed","created_at":"2026-04-24T14:30:00Z","api_version":"v1","data":{"score":87}}""",
        _ => """{"text":"é"}""",
    };

    private static async Task<int[]> DeliverAsync(string library, string secret, ReceiverProgram receiver, string body, int times = 1, int secondsAgo = 0)
    {
        using var node = Node.Start("deliver.mjs", library, secret, receiver.Url, $"{times}", $"{secondsAgo}");
        var ended = await node.EndAsync(body);
        ended.ExitCode.Should().Be(0, ended.Error);
        return JsonSerializer.Deserialize<int[]>(ended.Output)!;
    }
}

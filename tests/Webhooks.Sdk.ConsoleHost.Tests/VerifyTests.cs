namespace Webhooks.Sdk.ConsoleHost.Tests;

public sealed class VerifyTests
{
    private const string Secret = "whsec_plJ3nmyCDGBKInavdOK15jsl";
    private const string OtherSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = """{"event_type":"ping","data":{"success":true}}""";
    private const string Now = "2024-11-15T21:12:01Z"; // the second of the timestamp

    private static readonly string[] Headers =
    [
        "--header", "webhook-id: msg_loFOjxBNrRLzqYUf",
        "--header", "Webhook-Timestamp: 1731705121",
        "--header", "webhook-signature: v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
    ];

    [Fact]
    public async Task A_genuine_request_ends_with_0_and_shows_id_and_timestamp()
    {
        var verified = await RunningProgram.RunAsync(["verify", "--profile", "standard", "--secret", Secret, .. Headers, "--body", Body, "--now", Now]);

        verified.Should().Be(new Ended(0, "verified\nid: msg_loFOjxBNrRLzqYUf\ntimestamp: 1731705121 (2024-11-15T21:12:01Z)\n", ""));
    }

    [Fact]
    public async Task During_a_rotation_any_of_the_secrets_is_enough()
    {
        var verified = await RunningProgram.RunAsync(
            ["verify", "--profile", "standard", "--secret", OtherSecret, "--secret", Secret, .. Headers, "--body", Body, "--now", Now]);

        verified.ExitCode.Should().Be(0, verified.Output);
    }

    [Theory]
    [InlineData("NoMatchingSignature", Secret, Body + " ", Now)]
    [InlineData("NoMatchingSignature", OtherSecret, Body, Now)]
    [InlineData("TimestampTooOld", Secret, Body, "2030-01-01T00:00:00Z")]
    [InlineData("TimestampTooNew", Secret, Body, "2020-01-01T00:00:00Z")]
    public async Task A_forged_or_replayed_request_ends_with_1_and_the_reason(string reason, string secret, string body, string now)
    {
        var refused = await RunningProgram.RunAsync(["verify", "--profile", "standard", "--secret", secret, .. Headers, "--body", body, "--now", now]);

        refused.ExitCode.Should().Be(1);
        refused.Output.Should().StartWith($"refused: {reason} ");
    }

    [Fact]
    public async Task A_longer_tolerance_accepts_an_older_request()
    {
        string[] arguments = ["verify", "--profile", "standard", "--secret", Secret, .. Headers, "--body", Body, "--now", "2024-11-15T21:22:01Z"];

        (await RunningProgram.RunAsync(arguments)).ExitCode.Should().Be(1);
        (await RunningProgram.RunAsync([.. arguments, "--tolerance", "600"])).ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("MissingHeader", "standard", Secret)]
    [InlineData("MissingHeader", "stripe", "whsec_test")]
    [InlineData("NotSigned", "dialogform", null)]
    public async Task Without_the_headers_the_reason_says_so(string reason, string profile, string? secret)
    {
        var refused = await RunningProgram.RunAsync(["verify", "--profile", profile, .. secret is null ? (string[])[] : ["--secret", secret], "--body", Body]);

        refused.ExitCode.Should().Be(1);
        refused.Output.Should().StartWith($"refused: {reason} ");
    }

    [Theory]
    [InlineData("--secret: the profile 'standard' is signed", "-p", "standard", "-b", "{}")]
    [InlineData("secret.alphabet", "-p", "standard", "-b", "{}", "-s", "whsec_%%%")]
    [InlineData("'webhook-id' is not 'Name: value'", "-p", "standard", "-b", "{}", "-s", Secret, "-H", "webhook-id")]
    [InlineData("'webhook-id' is given twice", "-p", "standard", "-b", "{}", "-s", Secret, "-H", "webhook-id: a", "-H", "webhook-id: b")]
    [InlineData("standard input can be read once only", "-p", "standard", "-b", "@-", "-s", Secret, "-H", "@-")]
    [InlineData("'yesterday' is not an ISO 8601 time", "-p", "standard", "-b", "{}", "-s", Secret, "--now", "yesterday")]
    [InlineData("--tolerance: '-1' is not a number", "-p", "standard", "-b", "{}", "-s", Secret, "--tolerance", "-1")]
    public async Task Bad_input_ends_with_2_and_says_what_is_wrong(string message, params string[] arguments)
    {
        var refused = await RunningProgram.RunAsync(["verify", .. arguments]);

        refused.ExitCode.Should().Be(2);
        refused.Output.Should().BeEmpty();
        refused.Error.Should().Contain(message);
    }
}

namespace Webhooks.Sdk.ConsoleHost.Tests;

public sealed class SignTests
{
    private const string PublishedReviewSenseBody =
        """{"id":"evt_01JXXXXXXXXXXXXX","type":"review.analysed","created_at":"2026-04-24T14:30:00Z","api_version":"v1","data":{"analysis_id":"rs_ana_01JXXXXXXXXXXXXX","review_id":"wc_rev_1042","sentiment":"positive","score":87,"topics":["shipping","quality"],"response_draft":"Thank you for your kind words!..."}}""";

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}""", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", "1649367553", """{"email":"test@example.com","username":"test_user"}""", "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=")]
    [InlineData("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", "1731705121", """{"event_type":"ping","data":{"success":true}}""", "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=")]
    public async Task The_Standard_Webhooks_vectors_come_out(string secret, string id, string timestamp, string body, string signature)
    {
        var signed = await RunningProgram.RunAsync("sign", "--profile", "standard", "--secret", secret, "--id", id, "--timestamp", timestamp, "--body", body);

        signed.Should().Be(new Ended(0, $"webhook-id: {id}\nwebhook-timestamp: {timestamp}\nwebhook-signature: {signature}\n", ""));
    }

    [Fact]
    public async Task The_ReviewSense_vector_comes_out_of_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, PublishedReviewSenseBody, TestContext.Current.CancellationToken);

        var signed = await RunningProgram.RunAsync("sign", "--profile", "reviewsense", "--secret", "test_secret", "--body", $"@{file}");

        File.Delete(file);
        signed.Should().Be(new Ended(0, "X-ReviewSense-Signature: 3c376b33a89d9e0b8dbc4d7b8e44ba3b81b36a26b841b93a8121e3761fbe05e1\n", ""));
    }

    [Fact]
    public async Task The_GitHub_vector_comes_out_of_standard_input()
    {
        var signed = await RunningProgram.RunWithInputAsync(
            "Hello, World!", "sign", "--profile", "github", "--secret", "It's a Secret to Everybody", "--body", "@-");

        signed.Should().Be(new Ended(0, "X-Hub-Signature-256: sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17\n", ""));
    }

    [Theory]
    [InlineData("standard", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("reviewsense", "test_secret")]
    [InlineData("ratecard", "a readable secret")]
    [InlineData("moregoodreviews", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("github", "It's a Secret to Everybody")]
    [InlineData("stripe", "whsec_test")]
    [InlineData("cloudevents", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("cloudevents-binary", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public async Task What_sign_prints_verify_accepts(string profile, string secret)
    {
        var signed = await RunningProgram.RunAsync("sign", "-p", profile, "-s", secret, "-b", """{"text":"é <b>"}""");

        var verified = await RunningProgram.RunWithInputAsync(signed.Output, "verify", "-p", profile, "-s", secret, "-b", """{"text":"é <b>"}""", "-H", "@-");

        verified.ExitCode.Should().Be(0, verified.Error);
        verified.Output.Should().StartWith("verified\n");
    }

    [Theory]
    [InlineData("--profile: 'dialogform' is not signed", "-p", "dialogform", "-s", "x", "-b", "{}")]
    [InlineData("There is no profile 'nope'", "-p", "nope", "-s", "x", "-b", "{}")]
    [InlineData("secret.prefix", "-p", "standard", "-s", "x", "-b", "{}")]
    [InlineData("--id: a message id holds no dot", "-p", "reviewsense", "-s", "x", "-b", "{}", "--id", "a.b")]
    [InlineData("--timestamp: '-1' is not a number", "-p", "reviewsense", "-s", "x", "-b", "{}", "--timestamp", "-1")]
    [InlineData("'no-such-file' cannot be read", "-p", "reviewsense", "-s", "x", "-b", "@no-such-file")]
    [InlineData("Option '--body' is required", "-p", "reviewsense", "-s", "x")]
    public async Task Bad_input_ends_with_2_and_says_what_is_wrong(string message, params string[] arguments)
    {
        var signed = await RunningProgram.RunAsync(["sign", .. arguments]);

        signed.ExitCode.Should().Be(2);
        signed.Output.Should().BeEmpty();
        signed.Error.Should().Contain(message);
    }
}

using System.Text;
using Webhooks.Sdk.Interop.Tests.Programs;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Interop.Tests;

/// <summary>What libraries that others wrote signed, checked by <c>verify</c> and by the verifier in process.</summary>
public sealed class VerifyTests
{
    private const string Body = """{"type":"note.added","text":"é <b> & ' + 漢字 🎈"}""";

    public static TheoryData<string, string> Rows => Counterparts.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_the_library_signed_is_accepted(string profile, string library)
    {
        var other = Counterparts.Find(profile, library);
        var signed = await LibrarySender.SignAsync(library, other.Secret, Body);

        var ended = await VerifyAsync(profile, signed, signed.Body, other.Secret);

        ended.ExitCode.Should().Be(0, ended.Output + ended.Error);
        ended.Output.Should().StartWith("verified\n").And.Contain($"\nid: {signed.Find("webhook-id") ?? "none in this format"}\n");
        Verifier(profile, other.Secret).Verify(Bytes(signed.Body), signed.Find).Failure.Should().Be(VerificationFailure.None);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_changed_body_is_refused(string profile, string library)
    {
        var other = Counterparts.Find(profile, library);
        var signed = await LibrarySender.SignAsync(library, other.Secret, Body);
        var changed = signed.Body.Replace("<b>", "<i>", StringComparison.Ordinal);

        var ended = await VerifyAsync(profile, signed, changed, other.Secret);

        changed.Should().NotBe(signed.Body);
        ended.ExitCode.Should().Be(1, ended.Output + ended.Error);
        ended.Output.Should().StartWith("refused: NoMatchingSignature ");
        Verifier(profile, other.Secret).Verify(Bytes(changed), signed.Find).Failure.Should().Be(VerificationFailure.NoMatchingSignature);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_was_signed_with_another_secret_is_refused(string profile, string library)
    {
        var other = Counterparts.Find(profile, library);
        var signed = await LibrarySender.SignAsync(library, other.OtherSecret, Body);

        var ended = await VerifyAsync(profile, signed, signed.Body, other.Secret);

        ended.ExitCode.Should().Be(1, ended.Output + ended.Error);
        ended.Output.Should().StartWith("refused: NoMatchingSignature ");
        Verifier(profile, other.Secret).Verify(Bytes(signed.Body), signed.Find).Failure.Should().Be(VerificationFailure.NoMatchingSignature);
    }

    private static Task<Ended> VerifyAsync(string profile, SignedByLibrary signed, string body, string secret) =>
        ConsoleHostProgram.RunAsync(body,
            ["verify", "--profile", profile, "--secret", secret, "--body", "@-", .. signed.Headers.SelectMany(h => (string[])["--header", $"{h.Key}: {h.Value}"])]);

    private static WebhookVerifier Verifier(string profile, string secret) =>
        new(WebhookProfiles.All.Single(p => p.Name == profile).Signer, [secret]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

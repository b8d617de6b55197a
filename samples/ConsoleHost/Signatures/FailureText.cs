using Webhooks.Sdk.Signing;

namespace ConsoleHost.Signatures;

/// <summary>A verifier's reason as a sentence that helps.</summary>
internal static class FailureText
{
    public static string Of(VerificationFailure failure) => failure switch
    {
        VerificationFailure.MissingHeader => "a header that the format requires is missing.",
        VerificationFailure.MalformedHeader => "a header does not have the format's shape.",
        VerificationFailure.MalformedTimestamp => "the timestamp is not a plain number of seconds.",
        VerificationFailure.TimestampTooOld => "the timestamp is too far back: a replay, or a wrong clock (--tolerance, --now).",
        VerificationFailure.TimestampTooNew => "the timestamp is too far ahead: a wrong clock (--tolerance, --now).",
        VerificationFailure.NoMatchingSignature => "no signature matches: another secret, or a body that was changed.",
        VerificationFailure.NotSigned => "this format has no signature, so nothing can be verified.",
        VerificationFailure.NoKey => "no secret was given.",
        _ => "refused.",
    };
}

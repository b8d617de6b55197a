namespace Webhooks.Sdk.Signing;

/// <summary>Why a received message is refused.</summary>
public enum VerificationFailure
{
    /// <summary>It is not refused.</summary>
    None,

    /// <summary>A header that the format requires is absent or empty.</summary>
    MissingHeader,

    /// <summary>A header does not have the format's shape.</summary>
    MalformedHeader,

    /// <summary>The timestamp is not a plain number of seconds.</summary>
    MalformedTimestamp,

    /// <summary>The timestamp is further back than the tolerance: a replay, or a clock that is wrong.</summary>
    TimestampTooOld,

    /// <summary>The timestamp is further ahead than the tolerance.</summary>
    TimestampTooNew,

    /// <summary>No signature matches the body under any of the keys.</summary>
    NoMatchingSignature,

    /// <summary>The format has no signature, so nothing can be verified.</summary>
    NotSigned,

    /// <summary>The verifier was given no key.</summary>
    NoKey,
}

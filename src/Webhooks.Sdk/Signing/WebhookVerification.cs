namespace Webhooks.Sdk.Signing;

/// <summary>The answer of a verifier.</summary>
/// <param name="Failure">Why the message is refused; <see cref="VerificationFailure.None"/> when it is genuine.</param>
/// <param name="MessageId">The signed message id, where the format has one. Use it to recognise a repeated delivery.</param>
/// <param name="Timestamp">The signed time of the attempt, where the format has one.</param>
public readonly record struct WebhookVerification(VerificationFailure Failure, string? MessageId = null, DateTimeOffset? Timestamp = null)
{
    /// <summary>The message is genuine.</summary>
    public bool IsVerified => Failure == VerificationFailure.None;

    internal static WebhookVerification Refused(VerificationFailure failure) => new(failure);
}

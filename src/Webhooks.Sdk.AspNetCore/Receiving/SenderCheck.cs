using Microsoft.AspNetCore.Http;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.AspNetCore.Receiving;

/// <summary>Whose request it is, and whether it is really theirs.</summary>
internal sealed class SenderCheck
{
    private static readonly WebhookSender TheOnlyOne = new("");

    private readonly ReceiverSettings _settings;
    private readonly TimeProvider _time;
    private readonly WebhookVerifier? _verifier;

    /// <exception cref="WebhookValidationException">A secret is not in the format's shape.</exception>
    public SenderCheck(ReceiverSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _verifier = settings.Resolve is null && settings.IsSigned ? Verifier(settings.Secrets) : null;
    }

    /// <param name="Sender">Its id; empty where the receiver has one sender.</param>
    /// <param name="MessageId">The signed message id, where the format signs one.</param>
    /// <param name="Refusal">For the log; null when the request is genuine.</param>
    internal readonly record struct Verdict(string Sender, string? MessageId, string? Refusal);

    public async ValueTask<Verdict> JudgeAsync(HttpContext context, byte[] body)
    {
        var sender = _settings.Resolve is null ? TheOnlyOne : await _settings.Resolve(context);
        if (sender is null)
        {
            return new("", null, "UnknownSender");
        }

        if (!_settings.IsSigned)
        {
            return new(sender.Id, null, null);
        }

        var headers = context.Request.Headers;
        var verification = (_verifier ?? Verifier(sender.Secrets)).Verify(body, name => headers.TryGetValue(name, out var value) ? value.ToString() : null);
        return new(sender.Id, verification.MessageId, verification.IsVerified ? null : verification.Failure.ToString());
    }

    private WebhookVerifier Verifier(IEnumerable<string> secrets) => new(_settings.Profile.Signer, secrets, _time) { Tolerance = _settings.Tolerance };
}

using System.Text;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Tests.Support;

/// <summary>A request as a receiver sees it; its headers can be tampered with before it is verified.</summary>
internal sealed class Received(WebhookHeaders headers, string body)
{
    private readonly Dictionary<string, string> _headers = new(headers, StringComparer.OrdinalIgnoreCase);

    public static Received None => new(new WebhookHeaders(), "{}");

    public string this[string name]
    {
        get => _headers[name];
        set => _headers[name] = value;
    }

    public Received With(string name, string? value)
    {
        if (value is null)
        {
            _headers.Remove(name);
        }
        else
        {
            _headers[name] = value;
        }

        return this;
    }

    public WebhookVerification VerifiedBy(IWebhookSigner signer, DateTimeOffset now, params string[] secrets) =>
        new WebhookVerifier(signer, secrets, new ManualTime(now)).Verify(Encoding.UTF8.GetBytes(body), name => _headers.GetValueOrDefault(name));
}

using ConsoleHost.Signatures;
using Webhooks.Sdk.Publishing;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;

namespace ConsoleHost.Tour.Stops;

/// <summary>The receiver's side: one request that really arrived, and what becomes of it when somebody changes it.</summary>
internal sealed class ForgeryStop : ITourStop
{
    private const string Tenant = "receiver";

    public string Title => "A genuine request is verified, a forged one refused";

    public async Task<IReadOnlyList<Finding>> RunAsync(TourGround ground, CancellationToken cancellationToken)
    {
        var customer = await ground.CustomerAsync(new CustomerPlan(WebhookProfiles.Standard, Tenant), cancellationToken);
        await ground.Host.Publisher.PublishAsync(new ReviewCreated(8, 1, "Max", "Cold soup."), Tenant, cancellationToken);
        await customer.EndsAsync(1, cancellationToken);

        var genuine = customer.Requests[0];
        var forged = genuine.Body.ToArray();
        forged[Array.IndexOf(forged, (byte)'1')] = (byte)'5'; // a better rating, or another id: any byte will do
        var later = new FixedTime(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(10));
        var stranger = customer.Profile.Signer.SecretFormat.Generate();
        Finding[] findings =
        [
            new("genuine request", "None", Verify(customer.Secret!, genuine.Body.Span, genuine.Header)),
            new("forged: one byte of the body changed", "NoMatchingSignature", Verify(customer.Secret!, forged, genuine.Header)),
            new("forged: signed with another secret", "NoMatchingSignature", Verify(stranger, genuine.Body.Span, genuine.Header)),
            new("forged: no signature", "MissingHeader", Verify(customer.Secret!, genuine.Body.Span, name => name == "webhook-signature" ? null : genuine.Header(name))),
            new("replayed after 10 minutes", "TimestampTooOld", Verify(customer.Secret!, genuine.Body.Span, genuine.Header, later)),
        ];
        foreach (var finding in findings)
        {
            Console.WriteLine($"  {finding.What}: {finding.Seen}");
        }

        return findings;
    }

    private static string Verify(string secret, ReadOnlySpan<byte> body, Func<string, string?> header, TimeProvider? time = null) =>
        new WebhookVerifier(WebhookProfiles.Standard.Signer, [secret], time).Verify(body, header).Failure.ToString();
}

using System.Text;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class StandardWebhooksSignerTests
{
    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1649367553, """{"email":"test@example.com","username":"test_user"}""", "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=")]
    [InlineData("whsec_plJ3nmyCDGBKInavdOK15jsl", "msg_loFOjxBNrRLzqYUf", 1731705121, """{"event_type":"ping","data":{"success":true}}""", "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=")]
    public void The_published_vectors_are_reproduced(string secret, string id, long timestamp, string body, string signature)
    {
        var signer = new StandardWebhooksSigner();
        var headers = new WebhookHeaders();
        var key = signer.SecretFormat.Parse(secret);

        signer.Sign(new WebhookMessage(id, DateTimeOffset.FromUnixTimeSeconds(timestamp), Encoding.UTF8.GetBytes(body)), [key], headers);

        headers.Should().Equal(
            KeyValuePair.Create("webhook-id", id),
            KeyValuePair.Create("webhook-timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            KeyValuePair.Create("webhook-signature", signature));
    }
}

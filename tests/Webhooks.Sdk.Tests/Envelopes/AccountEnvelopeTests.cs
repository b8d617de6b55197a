using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Tests.Support;

namespace Webhooks.Sdk.Tests.Envelopes;

public sealed class AccountEnvelopeTests
{
    private static readonly AccountEnvelope Envelope = new();

    [Fact]
    public void The_body_names_webhook_and_account_and_has_six_digits_of_time()
    {
        const string Account = "5f3c1b9e-0f1d-4b0a-9d7e-2f6a1c3b4d5e";
        var @event = Sample.Event(
            """{"note":{"subject":"Re: é","body":"<b>"},"feedback":{"id":1},"user":{"id":2,"name":"O'Brien","email":"a+b@example.com"}}""",
            "feedback.noted", tenantId: Account, tenantName: "Brown & Söhne");

        Envelope.Render(Sample.Context(@event, "Main <hook>")).Should().Be(
            $$$"""
            {"id":"{{{Sample.DeliveryId}}}","webhook":{"id":"{{{Sample.SubscriptionId}}}","name":"Main <hook>"},"account":{"id":"{{{Account}}}","name":"Brown & Söhne"},"payload":{"note":{"subject":"Re: é","body":"<b>"},"feedback":{"id":1},"user":{"id":2,"name":"O'Brien","email":"a+b@example.com"}},"event":"feedback.noted","created_at":"2026-04-24T14:30:00.000000Z","updated_at":"2026-04-24T14:30:00.000000Z"}
            """);
    }

    [Theory]
    [InlineData(1, "2026-04-24T14:30:00.000000Z")]
    [InlineData(2_500_000, "2026-04-24T14:30:00.250000Z")]
    [InlineData(1_234_567, "2026-04-24T14:30:00.123456Z")]
    public void Times_have_six_digits(long ticks, string time) =>
        Envelope.Render(Sample.Context(Sample.Event(at: Sample.Time.AddTicks(ticks)))).Should().EndWith($$""","created_at":"{{time}}","updated_at":"{{time}}"}""");

    [Fact]
    public void What_has_no_name_is_called_by_its_id() =>
        Envelope.Render(Sample.Context(Sample.Event(tenantId: "t1"))).Should()
            .Contain($$""""webhook":{"id":"{{Sample.SubscriptionId}}","name":"{{Sample.SubscriptionId}}"},"account":{"id":"t1","name":"t1"}"""");

    [Fact]
    public void The_id_identifies_the_call_and_so_differs_by_subscription()
    {
        IWebhookEnvelope envelope = Envelope;
        envelope.IsPerSubscription.Should().BeTrue();
        var @event = Sample.Event();
        Envelope.Render(new EnvelopeContext(@event, "other", null)).Should().NotContain(Sample.DeliveryId);
    }
}

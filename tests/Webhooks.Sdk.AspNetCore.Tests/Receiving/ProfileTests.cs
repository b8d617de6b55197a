using System.Buffers;
using System.Text;
using Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;
using Webhooks.Sdk.Envelopes;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Receiving;
using static Webhooks.Sdk.AspNetCore.Tests.Receiving.Support.ReceivingHost;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving;

/// <summary>Every format that this library sends, it receives.</summary>
public sealed class ProfileTests
{
    private const string Data = """{"id":7,"rating":5,"text":"é <b> & ' + 漢字 🎈"}""";

    private static readonly DateTimeOffset Time = new(2026, 4, 24, 14, 30, 0, TimeSpan.Zero);

    private readonly Handled _handled = new();

    public static TheoryData<string> Names => [.. WebhookProfiles.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_sent_is_received_as_it_was_published_and_a_repetition_is_recognised(string name)
    {
        var profile = WebhookProfiles.All.Single(p => p.Name == name);
        var secret = profile.Signer.SecretFormat.Generate();
        await using var host = await StartAsync(
            r => (profile.Signer.SecretFormat.HasSecret ? r.Secret(secret) : r.AllowUnsigned()).Profile(profile).On("feedback.created", _handled.TakeAsync), services: null);
        var (body, headers) = Render(profile);

        (await host.SendAsync(Request(profile, body, headers, secret))).Should().Be(204);
        (await host.SendAsync(Request(profile, body, headers, secret))).Should().Be(204);

        var webhook = (ReceivedWebhook)await _handled.NextAsync();
        webhook.Type.Should().Be("feedback.created");
        Encoding.UTF8.GetString(webhook.Data.Span).Should().Be(Data);
        webhook.CreatedAt.Should().Be(name is "github" or "dialogform" ? null : Time);
        (webhook.Id is null).Should().Be(name is "dialogform");
        _handled.Count.Should().Be(name is "dialogform" ? 2 : 1, "a format without an id cannot tell a repetition from a second event");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_another_secret_signed_is_refused_in_every_format(string name)
    {
        var profile = WebhookProfiles.All.Single(p => p.Name == name);
        if (!profile.Signer.SecretFormat.HasSecret)
        {
            return;
        }

        await using var host = await StartAsync(
            r => r.Secret(profile.Signer.SecretFormat.Generate()).Profile(profile).On("feedback.created", _handled.TakeAsync), services: null);
        var (body, headers) = Render(profile);

        (await host.SendAsync(Request(profile, body, headers, profile.Signer.SecretFormat.Generate()))).Should().Be(401);

        _handled.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_format_without_an_id_may_be_given_one()
    {
        var profile = WebhookProfiles.DialogForm;
        await using var host = await StartAsync(
            r => r.AllowUnsigned().Profile(profile).IdentifyBy(w => w.Type == "completed" ? Encoding.UTF8.GetString(w.Data.Span) : null)
                .OnOther(_handled.TakeAsync),
            services: null);

        foreach (var (type, expected) in new[] { ("completed", 1), ("completed", 1), ("feedbackUpdated", 2), ("feedbackUpdated", 3) })
        {
            (await host.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/hooks") { Content = new StringContent($$$"""{"type":"{{{type}}}","data":{"flowId":1}}""") })).Should().Be(204);
            _handled.Count.Should().Be(expected);
        }
    }

    // The envelope writes, as in a sender.
    private static (byte[] Body, WebhookHeaders Headers) Render(WebhookProfile profile)
    {
        var @event = new WebhookEvent { Id = "evt_01", Type = "feedback.created", TenantId = "t", CreatedAt = Time, Data = Encoding.UTF8.GetBytes(Data) };
        var (output, headers) = (new ArrayBufferWriter<byte>(), new WebhookHeaders());
        var context = new EnvelopeContext(@event, "sub_1", "one");
        profile.Envelope.Write(output, context);
        profile.Envelope.AddHeaders(context, headers);
        return (output.WrittenSpan.ToArray(), headers);
    }

    private static HttpRequestMessage Request(WebhookProfile profile, byte[] body, WebhookHeaders headers, string secret)
    {
        var request = Signed(body, "evt_01", secret, profile: profile);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Subscriptions;

#pragma warning disable xUnit1051 // The page leaves the test framework's cancellation token out: it is for any framework.

namespace Webhooks.Sdk.Testing.Tests.Docs;

/// <summary>The code of docs/verifying.md, word for word, and run. <see cref="PagesTests"/> sees to it that it stays so.</summary>
public sealed class VerifyingPage
{
    [Fact]
    public async Task A_genuine_request_is_taken_and_another_is_not()
    {
        const string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var web = WebApplication.CreateSlimBuilder();
        web.Logging.ClearProviders();
        web.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = web.Build();
        var verifier = new WebhookVerifier(WebhookProfiles.Standard.Signer, [secret]);

        app.MapPost("/hooks", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);

            var verification = verifier.Verify(body.ToArray(), name => request.Headers[name]);
            if (!verification.IsVerified)
            {
                return Results.Unauthorized();            // verification.Failure says why, for the log
            }

            // verification.MessageId is the same when a delivery is repeated: remember it and skip what was handled.
            return Results.NoContent();
        });
        await app.StartAsync();
        await using var harness = await WebhookHarness.StartAsync(start: TimeProvider.System.GetUtcNow());
        var subscription = await harness.Subscriptions.CreateAsync(new NewSubscription { Url = app.Urls.First() + "/hooks", Secret = secret });

        var genuine = await harness.Subscriptions.SendTestAsync(subscription.Subscription.Id);
        await harness.Subscriptions.RotateSecretAsync(subscription.Subscription.Id, overlap: TimeSpan.Zero);
        var forged = await harness.Subscriptions.SendTestAsync(subscription.Subscription.Id);

        genuine.StatusCode.Should().Be(204);
        forged.StatusCode.Should().Be(401);
    }
}

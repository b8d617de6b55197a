using ConsoleHost.Output;
using Webhooks.Sdk;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Subscriptions;

namespace ConsoleHost.Tour.Stops;

/// <summary>A host that did not call AllowPrivateNetworks(), as in production: strangers type in URLs of its own network.</summary>
internal sealed class RefusedUrlsStop : ITourStop
{
    private static readonly (string Url, string Rule)[] Urls =
    [
        ("http://169.254.169.254/", "url.private_address"), // the cloud's metadata service
        ("https://10.0.0.1/", "url.private_address"),
        ("https://[::ffff:127.0.0.1]/", "url.private_address"),
        ("http://2130706433/", "url.host_number"), // 127.0.0.1
        ("https://localhost/", "url.local_name"),
        ("https://user:password@example.com/", "url.userinfo"),
    ];

    public string Title => "Private URLs are refused";

    public async Task<IReadOnlyList<Finding>> RunAsync(TourGround ground, CancellationToken cancellationToken)
    {
        await using var host = await SendingHost.StartAsync(static _ => { }, cancellationToken);
        List<Finding> findings = [];
        foreach (var (url, rule) in Urls)
        {
            findings.Add(new($"refused: {url}", rule, await RuleOfAsync(host.Subscriptions, url, cancellationToken)));
        }

        var stored = await host.Subscriptions.ListAsync(new SubscriptionQuery(), cancellationToken);
        findings.Add(new("subscriptions stored after that", "0", $"{stored.Items.Count}"));
        return findings;
    }

    private static async Task<string> RuleOfAsync(IWebhookSubscriptions subscriptions, string url, CancellationToken cancellationToken)
    {
        try
        {
            // DialogForm's rule allows plain http, so that it is the address that is judged.
            await subscriptions.CreateAsync(new NewSubscription { Url = url, Profile = WebhookProfiles.DialogForm.Name }, cancellationToken);
            return "accepted";
        }
        catch (WebhookValidationException e)
        {
            Console.WriteLine($"  {url}  {Paint.Faint(e.Errors[0].Message)}");
            return string.Join(", ", e.Errors.Select(error => error.Rule));
        }
    }
}

using System.CommandLine;
using System.Globalization;
using ConsoleHost.Output;
using Webhooks.Sdk.Endpoints;
using Webhooks.Sdk.Profiles;

namespace ConsoleHost.Profiles;

/// <summary><c>profiles</c>: the presets as a table.</summary>
internal static class ProfilesCommand
{
    public static Command Create()
    {
        var command = new Command("profiles", "List the wire formats: URL rule, signature, timeout, attempts and when an endpoint is disabled.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var table = new TextTable("profile", "URL", "signature", "timeout", "attempts", "over", "disabled");
        foreach (var profile in WebhookProfiles.All)
        {
            var delays = profile.RetryPolicy.Delays;
            table.Add(
                profile.Name,
                profile.UrlRule == EndpointUrlRule.HttpsOnly ? "https" : "http, https",

                // Where there are several headers, the last one is the signature itself.
                profile.Signer.HeaderNames is [.., var header] ? header : "unsigned",
                Durations.Text(profile.Timeout),
                (delays.Count + 1).ToString(CultureInfo.InvariantCulture),
                Durations.Text(TimeSpan.FromTicks(delays.Sum(d => d.Ticks))),
                profile.DisableRule.ToString());
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }
}

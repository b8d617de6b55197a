using System.CommandLine;
using ConsoleHost.Input;
using Webhooks.Sdk;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;

namespace ConsoleHost.Signatures;

/// <summary><c>sign</c>: the headers that would prove a body, one a line; <c>verify --header @-</c> reads them.</summary>
internal static class SignCommand
{
    // The last second that has 11 digits, which is the most that a verifier reads.
    private const long LastSecond = 99_999_999_999;

    private static readonly Option<WebhookProfile> Profile = ProfileOption.Create();
    private static readonly Option<string> Secret = new("--secret", "-s") { Description = "The secret, as it was shown to the subscriber.", HelpName = "secret", Required = true };
    private static readonly Option<string> Body = new("--body", "-b") { Description = "The raw body: text, @file, or @- for standard input.", HelpName = "text|@file", Required = true };
    private static readonly Option<string> Id = new("--id") { Description = "The message id. Default: a new one.", HelpName = "id" };
    private static readonly Option<long?> Timestamp = NumberOption.Create("--timestamp", "unix", 0L, LastSecond);

    public static Command Create()
    {
        Timestamp.Description = "The time of the attempt, in Unix seconds. Default: now.";
        var command = new Command("sign", "Print the headers that prove a body, one per line.") { Profile, Secret, Body, Id, Timestamp };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult input)
    {
        var profile = input.GetRequiredValue(Profile);
        if (!profile.Signer.SecretFormat.HasSecret)
        {
            throw new BadInputException($"--profile: '{profile.Name}' is not signed.");
        }

        var key = profile.Signer.SecretFormat.Parse(input.GetRequiredValue(Secret));
        var time = input.GetValue(Timestamp) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : TimeProvider.System.GetUtcNow();
        var id = input.GetValue(Id) is { } given ? MessageId.Checked("--id", given) : $"msg_{Guid.CreateVersion7(time):N}";

        var headers = new WebhookHeaders();
        profile.Signer.Sign(new WebhookMessage(id, time, Content.Read("--body", input.GetRequiredValue(Body))), [key], headers);
        foreach (var (name, value) in headers)
        {
            Console.WriteLine($"{name}: {value}");
        }

        return ExitCode.Ok;
    }
}

using System.CommandLine;
using System.Globalization;
using ConsoleHost.Input;
using ConsoleHost.Output;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Signing;

namespace ConsoleHost.Signatures;

/// <summary><c>verify</c>: is this request genuine?</summary>
internal static class VerifyCommand
{
    private const int LongestTolerance = 10 * 365 * 24 * 3600;

    private static readonly Option<WebhookProfile> Profile = ProfileOption.Create();
    private static readonly Option<string[]> Secrets = new("--secret", "-s") { Description = "The secret; repeat it to accept several during a rotation.", HelpName = "secret" };
    private static readonly Option<string[]> Headers = new("--header", "-H") { Description = "A header 'Name: value', as often as needed; @file or @- reads one per line.", HelpName = "header" };
    private static readonly Option<string> Body = new("--body", "-b") { Description = "The raw body: text, @file, or @- for standard input.", HelpName = "text|@file", Required = true };
    private static readonly Option<int?> Tolerance = NumberOption.Create("--tolerance", "seconds", 0, LongestTolerance);
    private static readonly Option<DateTimeOffset?> Now = new("--now") { Description = "The receiver's time as ISO 8601. Default: now.", HelpName = "time", CustomParser = IsoTime.Parse };

    public static Command Create()
    {
        Tolerance.Description = "How far the signed timestamp may be from now, either way. Default: 300.";
        var command = new Command("verify", "Check a received request. Exit code 0: verified; 1: refused, with the reason; 2: bad input.")
        {
            Profile, Secrets, Headers, Body, Tolerance, Now,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult input)
    {
        var profile = input.GetRequiredValue(Profile);
        var secrets = input.GetValue(Secrets) ?? [];
        if (secrets.Length == 0 && profile.Signer.SecretFormat.HasSecret)
        {
            throw new BadInputException($"--secret: the profile '{profile.Name}' is signed; give the secret.");
        }

        var (headers, body) = Read(input);
        var verifier = new WebhookVerifier(profile.Signer, secrets, FixedTime.At(input.GetValue(Now)))
        {
            Tolerance = TimeSpan.FromSeconds(input.GetValue(Tolerance) ?? 300),
        };
        var verification = verifier.Verify(body, headers.Find);
        if (!verification.IsVerified)
        {
            Console.WriteLine($"{Paint.Bad("refused")}: {verification.Failure} - {FailureText.Of(verification.Failure)}");
            return ExitCode.Failed;
        }

        Console.WriteLine(Paint.Good("verified"));
        Console.WriteLine($"id: {verification.MessageId ?? "none in this format"}");
        Console.WriteLine($"timestamp: {(verification.Timestamp is { } time ? Text(time) : "none in this format")}");
        return ExitCode.Ok;
    }

    private static (HeaderLines Headers, byte[] Body) Read(ParseResult input)
    {
        var headers = input.GetValue(Headers) ?? [];
        var body = input.GetRequiredValue(Body);
        return headers.Append(body).Count(t => t == "@-") <= 1
            ? (HeaderLines.Parse(headers), Content.Read("--body", body))
            : throw new BadInputException("@-: standard input can be read once only.");
    }

    private static string Text(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.ToUnixTimeSeconds()} ({time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'})");
}

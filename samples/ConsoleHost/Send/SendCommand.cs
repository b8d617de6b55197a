using System.CommandLine;
using ConsoleHost.Input;
using Webhooks.Sdk.Profiles;
using Webhooks.Sdk.Retries;
using Webhooks.Sdk.Subscriptions;

namespace ConsoleHost.Send;

/// <summary><c>send</c>: real input to a real endpoint through the real engine.</summary>
internal static class SendCommand
{
    private const int MostEvents = 100_000;
    private const int MostConcurrency = 1_000;
    private const double LargestScale = 1_000;

    private static readonly Option<string> Url = new("--url", "-u") { Description = "The endpoint.", HelpName = "url", Required = true };
    private static readonly Option<WebhookProfile> Profile = ProfileOption.Create();
    private static readonly Option<string> Type = new("--type", "-t") { Description = "The event type, for example review.analysed.", HelpName = "type", Required = true };
    private static readonly Option<string> Data = new("--data", "-d") { Description = "The event's data: JSON, @file, or @- for standard input.", HelpName = "json|@file", Required = true };
    private static readonly Option<string> Secret = new("--secret", "-s") { Description = "The secret. Default: a new one, printed once to stderr.", HelpName = "secret" };
    private static readonly Option<string> TenantId = new("--tenant-id") { Description = "The tenant.", HelpName = "id", DefaultValueFactory = _ => WebhookSubscription.DefaultTenant };
    private static readonly Option<string> TenantName = new("--tenant-name") { Description = "The tenant's display name, for formats that send it.", HelpName = "name" };
    private static readonly Option<string> SubscriptionId = new("--subscription-id") { Description = "The subscription's id. Default: a new UUID.", HelpName = "id" };
    private static readonly Option<string> SubscriptionName = new("--subscription-name") { Description = "The subscription's name, for formats that send it.", HelpName = "name" };
    private static readonly Option<string> EventId = new("--event-id") { Description = "The event's id. Default: a new one. With --count it gets -1, -2, … behind it.", HelpName = "id" };
    private static readonly Option<DateTimeOffset?> CreatedAt = new("--created-at") { Description = "When the event happened, as ISO 8601. Default: now.", HelpName = "time", CustomParser = IsoTime.Parse };
    private static readonly Option<int?> Count = NumberOption.Create("--count", "n", 1, MostEvents);
    private static readonly Option<int?> Concurrency = NumberOption.Create("--concurrency", "n", 1, MostConcurrency);
    private static readonly Option<bool> AllowPrivateNetworks = new("--allow-private-networks") { Description = "Allow every address, this machine too, and plain http." };
    private static readonly Option<double?> RetryScale = NumberOption.Create("--retry-scale", "factor", 0d, LargestScale);

    public static Command Create()
    {
        Count.Description = "How many events to send, all with the same data. Default: 1.";
        Concurrency.Description = "Requests in flight at once. Default: 16.";
        RetryScale.Description = "Multiplies every delay of the retry schedule: 0.001 tries 75 hours in 5 minutes. Default: 1.";
        var command = new Command("send", "Send an event to an endpoint and retry by the profile's schedule. Exit code 0: all delivered; 1: some failed; 2: bad input, nothing sent.")
        {
            Url, Profile, Type, Data, Secret, TenantId, TenantName, SubscriptionId, SubscriptionName, EventId, CreatedAt, Count, Concurrency, AllowPrivateNetworks, RetryScale,
        };
        command.SetAction((input, cancel) => new SendRun(Read(input)).RunAsync(cancel));
        return command;
    }

    private static SendRequest Read(ParseResult input)
    {
        var scale = input.GetValue(RetryScale) ?? 1;
        return new SendRequest
        {
            Profile = Quick(input.GetRequiredValue(Profile), scale),
            Url = input.GetRequiredValue(Url),
            Type = input.GetRequiredValue(Type),
            Data = Content.Read("--data", input.GetRequiredValue(Data)),
            Secret = input.GetValue(Secret),
            TenantId = input.GetRequiredValue(TenantId),
            TenantName = input.GetValue(TenantName),
            SubscriptionId = input.GetValue(SubscriptionId),
            SubscriptionName = input.GetValue(SubscriptionName),
            EventId = input.GetValue(EventId),
            CreatedAt = input.GetValue(CreatedAt),
            Count = input.GetValue(Count) ?? 1,
            Concurrency = input.GetValue(Concurrency),
            AllowPrivateNetworks = input.GetValue(AllowPrivateNetworks),
            IsCompressed = scale < 1,
        };
    }

    // Each event gets its whole schedule, whatever became of the others; suspending an endpoint is a matter for hosts that know its owner.
    private static WebhookProfile Quick(WebhookProfile profile, double scale) => profile with
    {
        RetryPolicy = ((WebhookRetryPolicy)profile.RetryPolicy).Scaled(scale),
        DisableRule = new DisableRule.Never(),
    };
}

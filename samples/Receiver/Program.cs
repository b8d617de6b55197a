// The customer's side: prints each event once, however often it is sent, and remembers across restarts which it has printed.
//   dotnet run --project samples/Receiver -- --secret whsec_… [--urls http://127.0.0.1:5080] [--old-secret whsec_…] [--profile standard] [--database receiver.db] [--background true]
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Profiles;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

// Two while the sender is rotating.
string[] secrets = [.. new[] { builder.Configuration["secret"], builder.Configuration["old-secret"] }.OfType<string>()];
var name = builder.Configuration["profile"] ?? "standard";
var database = builder.Configuration["database"] ?? "receiver.db";
var profile = WebhookProfiles.All.SingleOrDefault(p => p.Name == name);
if (secrets.Length == 0 || profile is null)
{
    Console.Error.WriteLine($"Give --secret, as your sender shows it once, and --profile as one of: {string.Join(", ", WebhookProfiles.All.Select(p => p.Name))}.");
    return 2;
}

builder.Services.AddWebhookReceiver(receiver => receiver.UseSqlite($"Data Source={database}"));
var app = builder.Build();

app.MapWebhookReceiver("/hooks", receiver =>
{
    receiver.Profile(profile).Secret(secrets)
        .On<Review>("review-created", (review, _) => Console.Out.WriteLineAsync($"review {review.Id} with {review.Rating} stars"))
        .OnOther((webhook, _) => Console.Out.WriteLineAsync($"{webhook.Type} {webhook.Id} {Encoding.UTF8.GetString(webhook.Data.Span)}"));
    if (builder.Configuration["background"] == "true")
    {
        receiver.InBackground();
    }
});

await app.StartAsync();
Console.WriteLine($"POST {app.Urls.First()}/hooks");
await ((IHost)app).WaitForShutdownAsync();
return 0;

internal sealed record Review(int Id, int Rating);

// A receiver that accepts first, until somebody kills it. Prints its URL, then a line for each event that it handles.
// Arguments: the file, and "hold" (the first handler never ends and the others wait for it) or "handle".
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var (file, mode) = (args[0], args[1]);
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddWebhookReceiver(r => r.UseSqlite($"Data Source={file}").ConfigureInbox(o =>
{
    o.Concurrency = 1;

    // What the killed process had in hand is free when its lease has ended.
    o.Lease = TimeSpan.FromSeconds(5);
}));
var app = builder.Build();
app.MapWebhookReceiver("/hooks", receiver => receiver.Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").InBackground().On<Review>("review-created", async (review, _) =>
{
    Console.WriteLine($"{(mode == "hold" ? "begun" : "handled")} {review.Id}");
    if (mode == "hold")
    {
        await new TaskCompletionSource().Task;
    }
}));
await app.StartAsync();
Console.WriteLine(app.Urls.First());
await ((IHost)app).WaitForShutdownAsync();

internal sealed record Review(int Id, int Rating);

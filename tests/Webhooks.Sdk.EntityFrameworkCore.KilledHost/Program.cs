// An application that saves reviews, publishes each in the same transaction and delivers what is committed, until somebody kills it.
// Arguments: the way (ef, npgsql, sqlite), the database, the receiver's URL, the first transaction and the one after the last.
// Prints the number of each transaction that has ended; a kill leaves open how those ended that were under way.
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.EntityFrameworkCore.KilledHost;
using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;
using Webhooks.Sdk.Profiles;

var way = Way.Named(args[0], args[1]);
var (receiver, first, end) = (args[2], int.Parse(args[3], CultureInfo.InvariantCulture), int.Parse(args[4], CultureInfo.InvariantCulture));
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddWebhooks(webhooks =>
{
    webhooks.AddEvent<ReviewCreated>("review-created", "A customer submits a rating or review.");
    webhooks.AddSubscription(s => (s.Id, s.TenantId, s.Url, s.Secret) = ("reviews", "project-42", receiver, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"));
    webhooks.AllowPrivateNetworks();

    // What a killed process had in hand comes back after a lease; that must be longer than every timeout.
    webhooks.ConfigureDispatch(o => (o.Lease, o.PollInterval, o.MaxConcurrency) = (TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(100), 32));
    foreach (var profile in WebhookProfiles.All)
    {
        webhooks.AddProfile(profile with { Timeout = TimeSpan.FromSeconds(2) });
    }

    way.AddTo(webhooks);
});
using var host = builder.Build();
var saved = await way.PrepareAsync(host.Services);
await host.StartAsync();

var last = first - 1;
await Task.WhenAll(Enumerable.Range(0, way.Writers).Select(_ => Task.Run(WriteAsync)));
await host.WaitForShutdownAsync();

async Task WriteAsync()
{
    for (int id; (id = Interlocked.Increment(ref last)) < end;)
    {
        // One that was committed in an earlier life is done.
        if (!saved.Contains(id))
        {
            await way.SaveAsync(host.Services, id, Endings.Of(id));
        }

        await Console.Out.WriteLineAsync(id.ToString(CultureInfo.InvariantCulture));
    }
}

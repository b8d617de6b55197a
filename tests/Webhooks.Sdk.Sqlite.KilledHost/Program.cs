// A host that publishes and delivers until somebody kills it. Prints the id of each event once its publication has been acknowledged.
// Arguments: the file, the receiver's URL, a name for this run, and how many publish at once (0: only deliver what is there).
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Events;
using Webhooks.Sdk.Publishing;

var (file, receiver, run, publishers) = (args[0], args[1], args[2], int.Parse(args[3], null));
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Services.AddWebhooks(webhooks =>
{
    webhooks.UseSqlite($"Data Source={file}").AllowPrivateNetworks().ConfigureDispatch(o => o.PollInterval = TimeSpan.FromMilliseconds(100));
    foreach (var id in new[] { "one", "two" })
    {
        webhooks.AddSubscription(s => (s.Id, s.Url, s.Secret) = (id, $"{receiver}/{id}", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }
});
using var host = builder.Build();
await host.StartAsync();
var publisher = host.Services.GetRequiredService<IWebhookPublisher>();
var number = 0;
await Task.WhenAll(Enumerable.Range(0, publishers).Select(i => Task.Run(() => i == 0 ? PublishInTransactionsAsync() : PublishAsync())));
await host.WaitForShutdownAsync();

async Task PublishAsync()
{
    while (true)
    {
        var id = NextId();
        await publisher.PublishAsync(EventOf(id));
        Acknowledge(id);
    }
}

// With a row of the host's own beside each event.
async Task PublishInTransactionsAsync()
{
    await using var connection = new SqliteConnection($"Data Source={file}");
    await connection.OpenAsync();
    await using var command = connection.CreateCommand();
    command.CommandText = "CREATE TABLE IF NOT EXISTS own (id TEXT)";
    await command.ExecuteNonQueryAsync();
    command.CommandText = "INSERT INTO own (id) VALUES (@id)";
    var parameter = command.Parameters.Add("@id", SqliteType.Text);
    while (true)
    {
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
        var id = NextId();
        command.Transaction = transaction;
        parameter.Value = id;
        await command.ExecuteNonQueryAsync();
        await publisher.PublishAsync(EventOf(id), transaction);
        await transaction.CommitAsync();
        Acknowledge(id);
    }
}

string NextId() => $"evt_{run}_{Interlocked.Increment(ref number)}";

static NewWebhookEvent EventOf(string id) => new() { Id = id, Type = "thing.happened", Data = EventData.FromJson($$"""{"text":"{{new string('x', 500)}}"}""") };

// One write a line: the reader counts whole lines only.
static void Acknowledge(string id) => Console.Out.WriteLine(id);

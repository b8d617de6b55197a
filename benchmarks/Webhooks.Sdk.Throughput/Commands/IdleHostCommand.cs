using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Webhooks.Sdk.Sqlite;
using Webhooks.Sdk.Throughput.Measuring;
using Webhooks.Sdk.Throughput.Receiving;
using Webhooks.Sdk.Throughput.Stores;
using Webhooks.Sdk.Throughput.Variants;

namespace Webhooks.Sdk.Throughput.Commands;

/// <summary>
/// What the harness starts to see one store idle; not for people. Prints a line when it has worked and has nothing to do any more, comes to rest,
/// and measures when it is told to by a line.
/// </summary>
internal static class IdleHostCommand
{
    public const string Name = "idle-host";

    private const int WarmUpDeliveries = 10_000;

    // The runtime compiles a method again after its 30th call, and once more 30 calls later. What only a poll calls is called once a second, so an
    // idle host compiles until a minute has passed and never again: at 5 s three quarters of the figure were the JIT's thread.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(75);

    public static Command Create()
    {
        var store = new Argument<string>("store");
        var seconds = new Argument<double>("seconds");
        var server = new Argument<string>("server");
        var command = new Command(Name) { store, seconds, server };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            await RunAsync(StoreOf(parsed.GetValue(store)!, parsed.GetValue(server)!), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(Store store, TimeSpan length)
    {
        await using var variant = new EngineVariant(store, Shape.Single);
        await using (var receiver = await ReceiverProcess.StartAsync())
        {
            await variant.StartAsync(receiver);
            await Round.RunAsync(variant, receiver, WarmUpDeliveries);
        }

        Console.WriteLine("nothing to do");
        await Task.WhenAll(Task.Delay(Settle), Console.In.ReadLineAsync());
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(length);
        var percent = (Environment.CpuUsage.TotalTime - cpu) / Stopwatch.GetElapsedTime(started) * 100;
        Console.WriteLine(percent.ToString(CultureInfo.InvariantCulture));
    }

    private static Store StoreOf(string name, string server) => name switch
    {
        "sqlite" => new SqliteStore(SqliteSynchronous.Full),
        "postgres" => new PostgreSqlStore(server),
        _ => new MemoryStore(),
    };
}

using System.Collections.Concurrent;

namespace OutboxHost;

/// <summary>Three processes on one database save, roll back, die and deliver. In the end what was delivered is what was committed.</summary>
internal static class Demonstration
{
    private const int DeliveredBeforeTheKill = 150;
    private const int DeliveredBeforeTheEnd = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(string server)
    {
        await using var database = await OwnDatabase.CreateAsync(server);
        await using var receiver = await Receiver.StartAsync();
        ConcurrentBag<Guid> rolledBack = [];
        List<WorkerProcess> workers = [.. Enumerable.Range(0, 3).Select(_ => new WorkerProcess(database.ConnectionString, receiver.Url, rolledBack))];
        try
        {
            Console.WriteLine($"Processes {string.Join(", ", workers.Select(w => w.Id))} save reviews; every third is rolled back.");
            if (!await receiver.UntilAsync(DeliveredBeforeTheKill, Patience))
            {
                throw new TimeoutException($"Only {receiver.Reviews.Count} of {DeliveredBeforeTheKill} deliveries came within {Patience}.");
            }

            Console.WriteLine($"Process {workers[2].Id} is killed with SIGKILL. What it had in hand goes when its leases have ended, half a minute from now.");
            await workers[2].KillAsync();
            await receiver.UntilAsync(DeliveredBeforeTheEnd, Patience);
            await Task.WhenAll(workers[0].StopSavingAsync(), workers[1].StopSavingAsync());

            var committed = await database.ReadReviewsAsync();
            await receiver.UntilAsync(committed.Count, Patience);
            await Task.WhenAll(workers[0].EndAsync(), workers[1].EndAsync());
            return Report(committed, [.. rolledBack], receiver);
        }
        finally
        {
            workers.ForEach(w => w.Dispose());
        }
    }

    private static int Report(HashSet<Guid> committed, HashSet<Guid> rolledBack, Receiver receiver)
    {
        var delivered = receiver.Reviews;
        var lost = committed.Except(delivered).Count();
        var invented = delivered.Except(committed).Count();
        Console.WriteLine($"""

            saved                        {committed.Count,6}
            rolled back                  {rolledBack.Count,6}
            delivered                    {delivered.Count,6}
              of the rolled back         {delivered.Intersect(rolledBack).Count(),6}
              more than once             {receiver.Duplicates,6}   (at least once: only what the killed process had in hand)
            lost                         {lost,6}
            """);
        var isExact = committed.Count >= DeliveredBeforeTheEnd && rolledBack.Count > 0 && lost == 0 && invented == 0;
        Console.WriteLine(isExact ? "Delivered is exactly what was committed." : "FAILED: delivered is not what was committed.");
        return isExact ? 0 : 1;
    }
}

using Webhooks.Sdk.EntityFrameworkCore.Tests.Support;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests.Transactions;

/// <summary>
/// 1,000 transactions, half of which commit, while whatever delivers is stopped and started: what arrives is what is in the database, each
/// event once.
/// </summary>
internal static class Oracle
{
    public const int Transactions = 1_000;

    public static async Task RunAsync(
        Receiver receiver,
        int writers,
        Func<int, Ending, Task> transaction,
        Func<Task<IAsyncDisposable>> startDelivering,
        Func<Task<IEnumerable<int>>> readCommitted)
    {
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var id = writer; id < Transactions; id += writers)
            {
                await transaction(id, EndingOf(id));
            }
        })));

        foreach (var delivered in (int[])[50, 150, 300])
        {
            await using var delivering = await startDelivering();
            await receiver.UntilAsync(delivered);
        }

        await writing;
        var committed = (await readCommitted()).ToHashSet();
        committed.Should().HaveCount(Transactions / 2);
        await using (await startDelivering())
        {
            await receiver.UntilAsync(committed.Count);
        }

        receiver.All.Select(r => System.Text.Json.JsonSerializer.Deserialize<ReviewCreated>(r.Data, System.Text.Json.JsonSerializerOptions.Web)!.Id)
            .Should().BeEquivalentTo(committed);
        receiver.Ids.Should().OnlyHaveUniqueItems();
    }

    private static Ending EndingOf(int id) => id % 2 == 0 ? Ending.Commit : (Ending)(1 + (id / 2 % 4));
}

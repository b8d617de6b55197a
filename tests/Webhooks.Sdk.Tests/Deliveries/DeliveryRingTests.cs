using System.Runtime.CompilerServices;
using Webhooks.Sdk.Deliveries;
using Webhooks.Sdk.Deliveries.InMemory;

namespace Webhooks.Sdk.Tests.Deliveries;

public sealed class DeliveryRingTests
{
    private static readonly EventRow AnyEvent = new(null!, [new DeliveryTarget("any")], 1, 0);

    private DeliveryRing _ring = new();

    [Fact]
    public void Rows_leave_in_the_order_in_which_they_came_however_the_ring_turns_and_grows()
    {
        var (last, next) = (0L, 1L);
        for (var turns = 0; turns < 100; turns++)
        {
            _ring.AddLast(Row(++last));
            _ring.AddLast(Row(++last));
            _ring.RemoveFirst().Sequence.Should().Be(next++);
        }

        _ring.Rows.Select(r => r.Sequence).Should().Equal(Enumerable.Range(101, 100).Select(i => (long)i));
        while (_ring.Count > 0)
        {
            _ring.RemoveFirst().Sequence.Should().Be(next++);
        }

        next.Should().Be(last + 1);
    }

    [Fact]
    public void What_comes_first_is_before_all_that_are_there_in_an_empty_ring_and_in_a_full_one_too()
    {
        for (var sequence = 9; sequence > 0; sequence--)
        {
            _ring.AddFirst(Row(sequence));
            _ring.First.Sequence.Should().Be(sequence);
        }

        _ring.Rows.Select(r => r.Sequence).Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    [Fact]
    public void Steady_traffic_allocates_nothing_and_the_array_of_a_backlog_is_let_go()
    {
        PassThrough(DeliveryRing.KeptCapacity);
        BytesOf(() => PassThrough(DeliveryRing.KeptCapacity)).Should().Be(0);

        PassThrough(DeliveryRing.KeptCapacity + 1);
        BytesOf(() => PassThrough(1)).Should().BeInRange(1, 100, "it begins with a single row again");
    }

    [Fact]
    public void The_room_of_a_backlog_is_the_next_ones()
    {
        const int Backlog = 5_000;
        PassThrough(Backlog);

        // Up to the kept size it grows by itself.
        BytesOf(() => PassThrough(Backlog)).Should().BeLessThan(Unsafe.SizeOf<QueuedDelivery>() * DeliveryRing.KeptCapacity * 3);
    }

    private void PassThrough(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ring.AddLast(Row(i));
        }

        while (_ring.Count > 0)
        {
            _ring.RemoveFirst();
        }
    }

    private static long BytesOf(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static QueuedDelivery Row(long sequence) => new(AnyEvent, 0, null!, sequence, 0);
}

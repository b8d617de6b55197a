using System.Buffers;
using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Tests.Events;

public sealed class PooledBufferTests
{
    private const int Large = 200_000;

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(Large)]
    public void What_is_written_in_pieces_is_read_as_one(int length)
    {
        var buffer = new PooledBuffer();
        for (var text = 0; text < 3; text++)
        {
            var bytes = BytesOf(length, seed: text);
            buffer.Clear();
            for (var place = 0; place < length; place += 7_000)
            {
                buffer.Write(bytes.AsSpan(place, Math.Min(7_000, length - place)));
            }

            buffer.Written.ToArray().Should().Equal(bytes);
        }
    }

    [Fact]
    public void A_small_text_after_a_large_one_has_nothing_of_it()
    {
        var buffer = new PooledBuffer();
        buffer.Write(BytesOf(Large, seed: 1));
        buffer.Clear();
        buffer.Written.Length.Should().Be(0);

        buffer.Write("{}"u8);

        buffer.Written.ToArray().Should().Equal("{}"u8.ToArray());
    }

    [Fact]
    public void A_large_text_costs_no_new_array_each_time()
    {
        var (buffer, bytes) = (new PooledBuffer(), BytesOf(Large, seed: 1));
        Write();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
        {
            Write();
        }

        // The pool may have let go of an array in between, but not of all.
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(5 * Large);

        void Write()
        {
            buffer.Clear();
            buffer.Write(bytes);
        }
    }

    private static byte[] BytesOf(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

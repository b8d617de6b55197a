using Webhooks.Sdk.Events;

namespace Webhooks.Sdk.Tests.Events;

public sealed class RenderedBodiesTests
{
    [Fact]
    public void A_body_is_made_once_per_envelope_however_many_ask_at_once()
    {
        var bodies = new RenderedBodies();
        var (first, second, renders) = (new object(), new object(), 0);

        Parallel.For(0, 1000, i =>
        {
            var envelope = i % 2 == 0 ? first : second;
            bodies.GetOrAdd(envelope, (byte)(i % 2), context =>
            {
                Interlocked.Increment(ref renders);
                return new byte[] { context };
            }).ToArray().Should().Equal((byte)(i % 2));
        });

        renders.Should().Be(2);
    }
}

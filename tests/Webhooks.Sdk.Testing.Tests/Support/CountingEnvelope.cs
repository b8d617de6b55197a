using System.Buffers;
using Webhooks.Sdk.Envelopes;

namespace Webhooks.Sdk.Testing.Tests.Support;

/// <summary>The data itself, with a count of how often it was written.</summary>
internal sealed class CountingEnvelope(bool isPerSubscription = false) : IWebhookEnvelope
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool IsPerSubscription => isPerSubscription;

    public void Write(IBufferWriter<byte> output, in EnvelopeContext context)
    {
        Interlocked.Increment(ref _count);
        output.Write(context.Event.Data.Span);
        if (isPerSubscription)
        {
            output.Write(System.Text.Encoding.UTF8.GetBytes(context.SubscriptionId));
        }
    }
}

using Webhooks.Sdk.Conformance.Deliveries;

namespace Webhooks.Sdk.Tests.Deliveries;

public sealed class InMemoryEnqueueTests : EnqueueConformance<InMemoryFixture>;

public sealed class InMemoryFanOutTests : FanOutConformance<InMemoryFixture>;

public sealed class InMemoryPayloadTests : PayloadConformance<InMemoryFixture>;

public sealed class InMemoryClaimTests : ClaimConformance<InMemoryFixture>;

public sealed class InMemoryFairnessTests : FairnessConformance<InMemoryFixture>;

public sealed class InMemoryLeaseTests : LeaseConformance<InMemoryFixture>;

public sealed class InMemoryTransitionTests : TransitionConformance<InMemoryFixture>;

public sealed class InMemoryFifoTests : FifoConformance<InMemoryFixture>;

public sealed class InMemoryFailPendingTests : FailPendingConformance<InMemoryFixture>;

public sealed class InMemoryResendTests : ResendConformance<InMemoryFixture>;

public sealed class InMemoryRecoverTests : RecoverConformance<InMemoryFixture>;

public sealed class InMemoryAttemptsLogTests : AttemptsLogConformance<InMemoryFixture>;

public sealed class InMemoryDeliveryLogTests : DeliveryLogConformance<InMemoryFixture>;

public sealed class InMemoryPurgeTests : PurgeConformance<InMemoryFixture>
{
    // As many as the suite publishes: by default fewer are remembered.
    public InMemoryPurgeTests() => Fixture.Configure = o => o.MaxEvents = 10_000;
}

public sealed class InMemoryBacklogTests : BacklogConformance<InMemoryFixture>;

public sealed class InMemoryWaitTests : WaitConformance<InMemoryFixture>;

public sealed class InMemorySummaryTests : SummaryConformance<InMemoryFixture>
{
    // It counts what its log holds.
    public InMemorySummaryTests() => Fixture.Configure = o => o.MaxAttempts = 10_000;
}

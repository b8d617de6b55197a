using Webhooks.Sdk.Conformance.Deliveries;

namespace Webhooks.Sdk.Sqlite.Tests.Deliveries;

public sealed class SqliteEnqueueTests : EnqueueConformance<SqliteFixture>;

public sealed class SqliteFanOutTests : FanOutConformance<SqliteFixture>;

public sealed class SqlitePayloadTests : PayloadConformance<SqliteFixture>;

public sealed class SqliteClaimTests : ClaimConformance<SqliteFixture>;

public sealed class SqliteFairnessTests : FairnessConformance<SqliteFixture>;

public sealed class SqliteLeaseTests : LeaseConformance<SqliteFixture>;

public sealed class SqliteTransitionTests : TransitionConformance<SqliteFixture>;

public sealed class SqliteFifoTests : FifoConformance<SqliteFixture>;

public sealed class SqliteFailPendingTests : FailPendingConformance<SqliteFixture>;

public sealed class SqliteResendTests : ResendConformance<SqliteFixture>;

public sealed class SqliteRecoverTests : RecoverConformance<SqliteFixture>;

public sealed class SqliteAttemptsLogTests : AttemptsLogConformance<SqliteFixture>;

public sealed class SqliteDeliveryLogTests : DeliveryLogConformance<SqliteFixture>;

public sealed class SqlitePurgeTests : PurgeConformance<SqliteFixture>;

public sealed class SqliteBacklogTests : BacklogConformance<SqliteFixture>;

public sealed class SqliteWaitTests : WaitConformance<SqliteFixture>;

public sealed class SqliteTransactionTests : TransactionConformance<SqliteFixture>;

public sealed class SqliteSharedDeliveriesTests : SharedDeliveriesConformance<SqliteFixture>;

public sealed class SqliteDurabilityTests : DurabilityConformance<SqliteFixture>;

public sealed class SqliteSummaryTests : SummaryConformance<SqliteFixture>;

using Webhooks.Sdk.Conformance.Deliveries;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Deliveries;

public sealed class PostgreSqlAttemptsLogTests : AttemptsLogConformance<PostgreSqlFixture>;

public sealed class PostgreSqlBacklogTests : BacklogConformance<PostgreSqlFixture>;

public sealed class PostgreSqlClaimTests : ClaimConformance<PostgreSqlFixture>;

public sealed class PostgreSqlDeliveryLogTests : DeliveryLogConformance<PostgreSqlFixture>;

public sealed class PostgreSqlDurabilityTests : DurabilityConformance<PostgreSqlFixture>;

public sealed class PostgreSqlEnqueueTests : EnqueueConformance<PostgreSqlFixture>;

public sealed class PostgreSqlFailPendingTests : FailPendingConformance<PostgreSqlFixture>;

public sealed class PostgreSqlFairnessTests : FairnessConformance<PostgreSqlFixture>;

public sealed class PostgreSqlFanOutTests : FanOutConformance<PostgreSqlFixture>;

public sealed class PostgreSqlFifoTests : FifoConformance<PostgreSqlFixture>;

public sealed class PostgreSqlLeaseTests : LeaseConformance<PostgreSqlFixture>;

public sealed class PostgreSqlNodeClockTests : NodeClockConformance<PostgreSqlFixture>;

public sealed class PostgreSqlPayloadTests : PayloadConformance<PostgreSqlFixture>;

public sealed class PostgreSqlPurgeTests : PurgeConformance<PostgreSqlFixture>;

public sealed class PostgreSqlRecoverTests : RecoverConformance<PostgreSqlFixture>;

public sealed class PostgreSqlResendTests : ResendConformance<PostgreSqlFixture>;

public sealed class PostgreSqlSharedDeliveriesTests : SharedDeliveriesConformance<PostgreSqlFixture>;

public sealed class PostgreSqlTransactionTests : TransactionConformance<PostgreSqlFixture>;

public sealed class PostgreSqlTransitionTests : TransitionConformance<PostgreSqlFixture>;

public sealed class PostgreSqlWaitTests : WaitConformance<PostgreSqlFixture>;

public sealed class PostgreSqlSummaryTests : SummaryConformance<PostgreSqlFixture>;

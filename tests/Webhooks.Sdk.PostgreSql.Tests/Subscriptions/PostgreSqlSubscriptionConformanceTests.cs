using Webhooks.Sdk.Conformance.Subscriptions;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Subscriptions;

public sealed class PostgreSqlAddTests : AddConformance<PostgreSqlFixture>;

public sealed class PostgreSqlChangeTests : ChangeConformance<PostgreSqlFixture>;

public sealed class PostgreSqlHealthTests : HealthConformance<PostgreSqlFixture>;

public sealed class PostgreSqlListTests : ListConformance<PostgreSqlFixture>;

public sealed class PostgreSqlMatchTests : MatchConformance<PostgreSqlFixture>;

public sealed class PostgreSqlRoundTripTests : RoundTripConformance<PostgreSqlFixture>;

public sealed class PostgreSqlSharedSubscriptionsTests : SharedSubscriptionsConformance<PostgreSqlFixture>;

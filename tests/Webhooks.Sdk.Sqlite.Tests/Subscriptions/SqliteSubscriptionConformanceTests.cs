using Webhooks.Sdk.Conformance.Subscriptions;

namespace Webhooks.Sdk.Sqlite.Tests.Subscriptions;

public sealed class SqliteAddTests : AddConformance<SqliteFixture>;

public sealed class SqliteChangeTests : ChangeConformance<SqliteFixture>;

public sealed class SqliteRoundTripTests : RoundTripConformance<SqliteFixture>;

public sealed class SqliteMatchTests : MatchConformance<SqliteFixture>;

public sealed class SqliteListTests : ListConformance<SqliteFixture>;

public sealed class SqliteHealthTests : HealthConformance<SqliteFixture>;

public sealed class SqliteSharedSubscriptionsTests : SharedSubscriptionsConformance<SqliteFixture>;

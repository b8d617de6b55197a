using Webhooks.Sdk.Conformance.Receiving;

namespace Webhooks.Sdk.Sqlite.Tests.Receiving;

public sealed class SqliteInboxBeginTests : BeginConformance<SqliteFixture>;

public sealed class SqliteInboxAcceptTests : AcceptConformance<SqliteFixture>;

public sealed class SqliteInboxGiveUpTests : GiveUpConformance<SqliteFixture>;

public sealed class SqliteInboxForgetTests : ForgetConformance<SqliteFixture>;

public sealed class SqliteSharedInboxTests : SharedInboxConformance<SqliteFixture>;

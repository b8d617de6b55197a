using Webhooks.Sdk.Conformance.Receiving;
using Webhooks.Sdk.PostgreSql.Tests.Support;

namespace Webhooks.Sdk.PostgreSql.Tests.Receiving;

public sealed class PostgreSqlInboxBeginTests : BeginConformance<PostgreSqlFixture>;

public sealed class PostgreSqlInboxAcceptTests : AcceptConformance<PostgreSqlFixture>;

public sealed class PostgreSqlInboxGiveUpTests : GiveUpConformance<PostgreSqlFixture>;

public sealed class PostgreSqlInboxForgetTests : ForgetConformance<PostgreSqlFixture>;

public sealed class PostgreSqlSharedInboxTests : SharedInboxConformance<PostgreSqlFixture>;

public sealed class PostgreSqlInboxClockTests : InboxClockConformance<PostgreSqlFixture>;

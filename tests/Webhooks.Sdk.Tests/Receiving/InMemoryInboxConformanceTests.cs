using Webhooks.Sdk.Conformance.Receiving;
using Webhooks.Sdk.Tests.Deliveries;

namespace Webhooks.Sdk.Tests.Receiving;

public sealed class InMemoryInboxBeginTests : BeginConformance<InMemoryFixture>;

public sealed class InMemoryInboxAcceptTests : AcceptConformance<InMemoryFixture>;

public sealed class InMemoryInboxGiveUpTests : GiveUpConformance<InMemoryFixture>;

public sealed class InMemoryInboxForgetTests : ForgetConformance<InMemoryFixture>;

using Webhooks.Sdk.Conformance.Subscriptions;
using Webhooks.Sdk.Tests.Deliveries;

namespace Webhooks.Sdk.Tests.Subscriptions;

public sealed class InMemoryAddTests : AddConformance<InMemoryFixture>;

public sealed class InMemoryChangeTests : ChangeConformance<InMemoryFixture>;

public sealed class InMemoryRoundTripTests : RoundTripConformance<InMemoryFixture>;

public sealed class InMemoryMatchTests : MatchConformance<InMemoryFixture>;

public sealed class InMemoryListTests : ListConformance<InMemoryFixture>;

public sealed class InMemoryHealthTests : HealthConformance<InMemoryFixture>;

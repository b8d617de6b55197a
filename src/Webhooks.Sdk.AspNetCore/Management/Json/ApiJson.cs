using System.Text.Json.Serialization;
using Webhooks.Sdk.AspNetCore.Management.Deliveries;
using Webhooks.Sdk.AspNetCore.Management.Events;
using Webhooks.Sdk.AspNetCore.Management.Problems;
using Webhooks.Sdk.AspNetCore.Management.Profiles;
using Webhooks.Sdk.AspNetCore.Management.Subscriptions;

namespace Webhooks.Sdk.AspNetCore.Management.Json;

/// <summary>
/// Every body of the API. Multi-word names are written at the property too, so that a document which the host generates with its own naming
/// policy says the same. The default encoder stays: what a stranger stored as <c>&lt;script&gt;</c> leaves as <c>\u003Cscript\u003E</c>.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(PageView<SubscriptionView>))]
[JsonSerializable(typeof(SubscriptionWithSecretView))]
[JsonSerializable(typeof(SecretView))]
[JsonSerializable(typeof(NewSubscriptionBody))]
[JsonSerializable(typeof(SubscriptionPatchBody))]
[JsonSerializable(typeof(DisableBody))]
[JsonSerializable(typeof(RotateSecretBody))]
[JsonSerializable(typeof(SendTestBody))]
[JsonSerializable(typeof(RecoverBody))]
[JsonSerializable(typeof(RecoveredView))]
[JsonSerializable(typeof(PageView<DeliveryView>))]
[JsonSerializable(typeof(DeliveryWithAttemptsView))]
[JsonSerializable(typeof(PageView<AttemptView>))]
[JsonSerializable(typeof(TestResultView))]
[JsonSerializable(typeof(ResentView))]
[JsonSerializable(typeof(EventView))]
[JsonSerializable(typeof(EventTypeListView))]
[JsonSerializable(typeof(ProfileListView))]
internal sealed partial class ApiJson : JsonSerializerContext;

using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.AspNetCore.Management.Deliveries;

internal sealed record DeliveryWithAttemptsView : DeliveryView
{
    [SetsRequiredMembers]
    private DeliveryWithAttemptsView(DeliveryView delivery, IReadOnlyList<AttemptView> attempts)
        : base(delivery) => Attempts = attempts;

    [Description("The newest attempts, newest first; all of them at /attempts?delivery=.")]
    public required IReadOnlyList<AttemptView> Attempts { get; init; }

    public static DeliveryWithAttemptsView Of(WebhookDelivery delivery, Page<DeliveryAttemptRecord> attempts) =>
        new(Of(delivery), [.. attempts.Items.Select(AttemptView.Of)]);
}

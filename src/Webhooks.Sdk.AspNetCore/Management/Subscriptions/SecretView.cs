namespace Webhooks.Sdk.AspNetCore.Management.Subscriptions;

internal sealed record SecretView
{
    public required string? Secret { get; init; }
}

namespace Webhooks.Sdk.AspNetCore.Management.Profiles;

internal sealed record ProfileListView
{
    public required IReadOnlyList<ProfileView> Items { get; init; }
}

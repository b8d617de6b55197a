using System.Security.Claims;

namespace ReviewPlatform.Accounts;

/// <summary>Somebody whom one may pretend to be.</summary>
internal sealed record Account(string Id, string Name, string Role, string? Project)
{
    public const string ProjectClaim = "project";

    public static IReadOnlyList<Account> All { get; } =
    [
        new("ada", "Ada", "owner of Blue Bistro", "blue-bistro"),
        new("ben", "Ben", "owner of Green Hotel", "green-hotel"),
        new("olga", "Olga", "operator of the platform", null),
    ];

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, Id),
            new(ClaimTypes.Name, Name),
            Project is null ? new(ClaimTypes.Role, "operator") : new(ProjectClaim, Project),
        ],
        scheme));
}

namespace ReviewPlatform.Accounts;

/// <summary>A customer: the tenant of its webhooks.</summary>
internal sealed record Project(string Id, string Name)
{
    public static IReadOnlyList<Project> All { get; } = [new("blue-bistro", "Blue Bistro"), new("green-hotel", "Green Hotel")];

    public static Project? Find(string id) => All.FirstOrDefault(p => p.Id == id);
}

namespace Webhooks.Sdk.Profiles;

/// <summary>The profiles that this host knows: the presets and its own. One of them is the default.</summary>
public sealed class WebhookProfileCatalogue
{
    private readonly Dictionary<string, WebhookProfile> _byName;

    /// <summary>Builds the catalogue; a host's own profile replaces a preset of the same name.</summary>
    /// <param name="own">The host's profiles.</param>
    /// <param name="defaultName">The profile of subscriptions that name none.</param>
    public WebhookProfileCatalogue(IEnumerable<WebhookProfile> own, string defaultName)
    {
        _byName = WebhookProfiles.All.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var profile in own)
        {
            _byName[profile.Name] = profile;
        }

        Default = Get(defaultName);
    }

    /// <summary>The profile of subscriptions that name none.</summary>
    public WebhookProfile Default { get; }

    /// <summary>All profiles, by name.</summary>
    public IReadOnlyList<WebhookProfile> Profiles => [.. _byName.Values.OrderBy(p => p.Name, StringComparer.Ordinal)];

    /// <summary>The profile of that name.</summary>
    /// <exception cref="WebhookException">There is none.</exception>
    public WebhookProfile Get(string name) => _byName.TryGetValue(name, out var profile) ? profile : throw new WebhookException(
        $"There is no profile '{name}'. Known: {string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal))}. Register your own with webhooks.AddProfile(…).");

    /// <summary>The profile of that name; null when there is none.</summary>
    public WebhookProfile? Find(string name) => _byName.GetValueOrDefault(name);
}

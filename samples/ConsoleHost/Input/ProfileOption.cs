using System.CommandLine;
using Webhooks.Sdk.Profiles;

namespace ConsoleHost.Input;

/// <summary><c>--profile</c>: the name of a preset.</summary>
internal static class ProfileOption
{
    public static Option<WebhookProfile> Create()
    {
        var names = WebhookProfiles.All.Select(p => p.Name).ToArray();
        var option = new Option<WebhookProfile>("--profile", "-p")
        {
            Description = $"The wire format: {string.Join(", ", names)}.",
            HelpName = "name",
            Required = true,
            CustomParser = result =>
            {
                var name = result.Tokens[0].Value;
                var profile = WebhookProfiles.All.FirstOrDefault(p => p.Name == name);
                if (profile is null)
                {
                    result.AddError($"There is no profile '{name}'. Known: {string.Join(", ", names)}.");
                }

                return profile;
            },
        };
        option.CompletionSources.Add(names);
        return option;
    }
}

using Microsoft.Extensions.Options;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.DependencyInjection;

internal sealed class WebhookOptionsValidator(IEnumerable<WebhookProfile> profiles) : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        try
        {
            _ = new WebhookProfileCatalogue(profiles, options.Profile);
            return ValidateOptionsResult.Success;
        }
        catch (WebhookException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}

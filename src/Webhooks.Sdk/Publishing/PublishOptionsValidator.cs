using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Publishing;

internal sealed class PublishOptionsValidator : IValidateOptions<PublishOptions>
{
    private const int LargestPayload = 16 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, PublishOptions options) => options.MaxPayloadBytes is >= 2 and <= LargestPayload
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"PublishOptions.MaxPayloadBytes is {options.MaxPayloadBytes}; it must be from 2 to {LargestPayload}.");
}

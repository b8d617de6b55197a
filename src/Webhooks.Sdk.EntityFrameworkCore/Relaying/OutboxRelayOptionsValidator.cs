using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.EntityFrameworkCore.Relaying;

internal sealed class OutboxRelayOptionsValidator : IValidateOptions<OutboxRelayOptions>
{
    private const int LargestBatch = 1_000; // Their keys are parameters of one statement, and SQL Server takes 2,100.

    public ValidateOptionsResult Validate(string? name, OutboxRelayOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.BatchSize is < 1 or > LargestBatch)
        {
            errors.AddError($"OutboxRelayOptions.BatchSize is {options.BatchSize}; it must be from 1 to {LargestBatch}.");
        }

        if (options.PollInterval <= TimeSpan.Zero)
        {
            errors.AddError("OutboxRelayOptions.PollInterval must be positive.");
        }

        return errors.Build();
    }
}

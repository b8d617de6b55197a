using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Receiving;

internal sealed class InboxOptionsValidator : IValidateOptions<InboxOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, InboxOptions options)
    {
        var errors = new List<string>();
        if (options.Age <= TimeSpan.Zero || options.Age > Longest)
        {
            errors.Add($"InboxOptions.Age is {options.Age}; it must be more than zero and at most {Longest.TotalDays} days.");
        }

        Between(errors, nameof(options.PurgeInterval), options.PurgeInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Between(errors, nameof(options.Lease), options.Lease, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Between(errors, nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        if (options.Concurrency is < 1 or > 1024)
        {
            errors.Add($"InboxOptions.Concurrency is {options.Concurrency}; it must be from 1 to 1024.");
        }

        foreach (var delay in options.RetryDelays.Where(d => d < TimeSpan.Zero || d > Longest))
        {
            errors.Add($"InboxOptions.RetryDelays holds {delay}; a delay must be from zero to {Longest.TotalDays} days.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Between(List<string> errors, string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            errors.Add($"InboxOptions.{name} is {value}; it must be from {least} to {most}.");
        }
    }
}

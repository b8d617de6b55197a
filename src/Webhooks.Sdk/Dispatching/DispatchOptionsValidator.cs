using Microsoft.Extensions.Options;
using Webhooks.Sdk.Profiles;

namespace Webhooks.Sdk.Dispatching;

/// <summary>Every broken rule at once, each with the option's name.</summary>
internal sealed class DispatchOptionsValidator(IEnumerable<WebhookProfile> profiles) : IValidateOptions<DispatchOptions>
{
    private const int MostConcurrency = 10_000;
    private const int MostResponseBytes = 1024 * 1024;

    private static readonly TimeSpan ShortestBreak = TimeSpan.FromMilliseconds(500);

    public ValidateOptionsResult Validate(string? name, DispatchOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        Range(options.MaxConcurrency, 1, MostConcurrency, nameof(options.MaxConcurrency));
        Range(options.MaxConcurrencyPerEndpoint, 1, MostConcurrency, nameof(options.MaxConcurrencyPerEndpoint));
        Range(options.MaxResponseBytes, 0, MostResponseBytes, nameof(options.MaxResponseBytes));
        Require(options.PollInterval > TimeSpan.Zero, nameof(options.PollInterval), "must be positive.");
        Require(options.ConnectTimeout > TimeSpan.Zero, nameof(options.ConnectTimeout), "must be positive.");
        Require(options.ConnectionLifetime > TimeSpan.Zero, nameof(options.ConnectionLifetime), "must be positive.");
        Require(options.UserAgent.Length is > 0 and <= 256 && !options.UserAgent.AsSpan().ContainsAnyExceptInRange(' ', '~'),
            nameof(options.UserAgent), "must be 1 to 256 printable ASCII characters.");
        Require(options.Proxy is null or { IsAbsoluteUri: true }, nameof(options.Proxy), "must be an absolute URI.");

        // As in the catalogue: a host's own profile replaces a preset of the same name, and the last one registered wins.
        var longest = profiles.Reverse().Concat(WebhookProfiles.All).DistinctBy(p => p.Name).MaxBy(p => p.Timeout)!;
        Require(options.Lease > longest.Timeout, nameof(options.Lease),
            $"is {options.Lease}, but an attempt of the profile '{longest.Name}' may take {longest.Timeout}: make it longer, twice that at least is sensible.");

        var breaker = options.CircuitBreaker;
        Require(breaker.FailureRatio is > 0 and <= 1, "CircuitBreaker.FailureRatio", "must be more than 0 and at most 1.");
        Range(breaker.MinimumThroughput, 2, int.MaxValue, "CircuitBreaker.MinimumThroughput");
        Require(breaker.SamplingDuration >= ShortestBreak, "CircuitBreaker.SamplingDuration", "must be half a second at least.");
        Require(breaker.BreakDuration >= ShortestBreak, "CircuitBreaker.BreakDuration", "must be half a second at least.");
        return errors.Build();

        void Range(int value, int least, int most, string option) =>
            Require(value >= least && value <= most, option, $"is {value}; it must be from {least} to {most}.");

        void Require(bool holds, string option, string message)
        {
            if (!holds)
            {
                errors.AddError($"DispatchOptions.{option} {message}");
            }
        }
    }
}

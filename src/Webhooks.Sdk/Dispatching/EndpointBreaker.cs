using Polly;
using Polly.CircuitBreaker;
using Webhooks.Sdk.Deliveries;

namespace Webhooks.Sdk.Dispatching;

/// <summary>
/// One endpoint's circuit breaker: Polly decides, the lane asks. It exists only for endpoints that have failed, and it is told of results
/// instead of running the attempts, so that a healthy endpoint pays nothing.
/// </summary>
internal sealed class EndpointBreaker
{
    private readonly ResiliencePipeline _pipeline;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly TimeProvider _time;
    private long _openUntil;

    private sealed class EndpointFailed : Exception;

    private static readonly EndpointFailed Failure = new();

    public EndpointBreaker(CircuitBreakerOptions options, TimeProvider time)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.MinimumThroughput,
                SamplingDuration = options.SamplingDuration,
                StateProvider = _state,
                ShouldHandle = new PredicateBuilder().Handle<EndpointFailed>(),

                // Asked under Polly's lock, before the circuit is seen open. OnOpened would come later and on another thread: an open circuit
                // whose end nobody knows yet would let attempts through.
                BreakDurationGenerator = _ =>
                {
                    Volatile.Write(ref _openUntil, (_time.GetUtcNow() + options.BreakDuration).UtcTicks);
                    return new(options.BreakDuration);
                },
            })
            .Build();
    }

    /// <summary>It is not closed: at most one attempt at a time may go out, as a probe.</summary>
    public bool IsProbing => _state.CircuitState is CircuitState.Open or CircuitState.HalfOpen;

    /// <summary>For how long the endpoint is to be left alone; zero when it may be called.</summary>
    public TimeSpan OpenFor => _state.CircuitState == CircuitState.Open && Volatile.Read(ref _openUntil) - _time.GetUtcNow().UtcTicks is > 0 and var left
        ? TimeSpan.FromTicks(left)
        : TimeSpan.Zero;

    /// <summary>The endpoint itself is in trouble; a 4xx only says that it does not like the request.</summary>
    public static bool IsFailure(AttemptResult result) => result.Error switch
    {
        AttemptError.None => result.StatusCode is >= 500 or 429,
        AttemptError.Aborted or AttemptError.InvalidRequest => false,
        _ => true,
    };

    public async ValueTask ReportAsync(bool failed)
    {
        var context = ResilienceContextPool.Shared.Get();
        await _pipeline.ExecuteOutcomeAsync(
            static (_, failed) => new ValueTask<Outcome<bool>>(failed ? Outcome.FromException<bool>(Failure) : Outcome.FromResult(true)),
            context,
            failed);
        ResilienceContextPool.Shared.Return(context);
    }
}

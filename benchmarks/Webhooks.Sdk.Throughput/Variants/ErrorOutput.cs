using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Throughput.Variants;

/// <summary>What the engine warns of goes to standard error: a measurement with a failure in it is none.</summary>
internal sealed class ErrorOutput : ILoggerProvider, ILogger
{
    private const string Expected = "PrivateNetworksAllowed";

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && eventId.Name != Expected)
        {
            Console.Error.WriteLine($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
    }
}

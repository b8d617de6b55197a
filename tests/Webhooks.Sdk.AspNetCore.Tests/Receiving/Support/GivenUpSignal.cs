using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.AspNetCore.Tests.Receiving.Support;

/// <summary>Waits for the log line that a message was given up.</summary>
internal sealed class GivenUpSignal : ILoggerProvider, ILogger
{
    private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Line => _line.Task;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception) is var line && line.Contains(" gave up ", StringComparison.Ordinal))
        {
            _line.TrySetResult(line);
        }
    }

    public void Dispose()
    {
    }
}

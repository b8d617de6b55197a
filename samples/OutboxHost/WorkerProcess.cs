using System.Collections.Concurrent;
using System.Diagnostics;

namespace OutboxHost;

/// <summary>A <see cref="Worker"/> seen from outside.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<Guid> _rolledBack;

    public WorkerProcess(string connection, string receiverUrl, ConcurrentBag<Guid> rolledBack)
    {
        _rolledBack = rolledBack;

        // `dotnet run` starts the executable; `dotnet OutboxHost.dll` has to be told the file again.
        var self = Environment.ProcessPath!;
        string[] file = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(WorkerProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(self, [.. file, "worker", connection, receiverUrl]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException("The worker did not start.");
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    /// <summary>SIGKILL: no goodbye, no rollback, nothing is put away.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>It saves no more but goes on delivering.</summary>
    public async Task StopSavingAsync()
    {
        await _process.StandardInput.WriteLineAsync("stop");
        await _process.StandardInput.FlushAsync();
        await _stopped.Task;
    }

    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null or "stopped")
        {
            _stopped.TrySetResult();
        }
        else if (line.StartsWith("rolled back ", StringComparison.Ordinal))
        {
            _rolledBack.Add(Guid.Parse(line.AsSpan("rolled back ".Length)));
        }
        else
        {
            Console.Error.WriteLine(line); // A warning of the worker's log.
        }
    }
}

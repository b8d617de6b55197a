using System.Diagnostics;
using System.Globalization;
using Webhooks.Sdk.FaultBench.Judging;

namespace Webhooks.Sdk.FaultBench.Nodes;

/// <summary>A node as its parent sees it: start, command, hear, kill.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Ledger _ledger;
    private readonly Task _hearing;
    private readonly Task _logging;
    private readonly TaskCompletionSource _ready = NewSignal();
    private readonly TaskCompletionSource _quiet = NewSignal();
    private TaskCompletionSource _at = NewSignal();
    private TaskCompletionSource _lost = NewSignal();
    private long _lostLeases;
    private TaskCompletionSource<string> _state = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isMeantToEnd;
    private bool _isDisposed;

    private NodeProcess(NodeSettings settings, Ledger ledger, string logs)
    {
        Settings = settings;
        _ledger = ledger;
        _process = Process.Start(new ProcessStartInfo(ThisProgram.Path, [.. ThisProgram.Arguments, "node", settings.ToJson()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _hearing = HearAsync();
        _logging = LogAsync(Path.Combine(logs, settings.Name + ".log"));
    }

    public NodeSettings Settings { get; }

    public string Name => Settings.Name;

    /// <summary>The node works.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Results that came after their lease had ended.</summary>
    public long LostLeases => Volatile.Read(ref _lostLeases);

    public static NodeProcess Start(NodeSettings settings, Ledger ledger, string logs) => new(settings, ledger, logs);

    public Task LoadAsync(double perSecond, IEnumerable<string> tenants) => SendAsync(FormattableString.Invariant($"load {perSecond} {string.Join(' ', tenants)}"));

    public Task PublishAsync(string tenant, string id) => SendAsync($"publish {tenant} {id}");

    /// <summary>Ends the load, and comes back when the last publication was answered.</summary>
    public async Task QuietAsync(CancellationToken cancel)
    {
        await SendAsync("quiet");
        await Bounded.WaitAsync(_quiet.Task, () => WithStateAsync($"{Name} to end its load"), cancel);
    }

    /// <summary>Asks the node to report at that stage.</summary>
    public async Task ArmAsync(Stage stage)
    {
        _at = NewSignal();
        await SendAsync($"arm {stage}");
    }

    /// <summary>Comes back when the node is at the stage for which it was armed.</summary>
    public Task AtAsync(CancellationToken cancel) => Bounded.WaitAsync(_at.Task, () => WithStateAsync($"{Name} to be at the stage"), cancel);

    /// <summary>Waits until the node has counted so many lost leases.</summary>
    public async Task LostAsync(long count, CancellationToken cancel)
    {
        while (Volatile.Read(ref _lost) is var signal && LostLeases < count)
        {
            await Bounded.WaitAsync(signal.Task, () => WithStateAsync($"{Name} to lose {count} leases; it lost {LostLeases}"), cancel);
        }
    }

    /// <summary>SIGKILL; comes back when the node is dead and all it had said is written down.</summary>
    public async Task KillAsync()
    {
        _isMeantToEnd = true;
        _ledger.Hit(Name);
        _process.Kill();
        await _process.WaitForExitAsync();
        await Task.WhenAll(_hearing, _logging);
    }

    public void Stop()
    {
        _ledger.Hit(Name);
        Signals.Stop(_process);
    }

    public void Continue() => Signals.Continue(_process);

    /// <summary>Lets the node shut down as a host does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isMeantToEnd = _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        await Task.WhenAll(_hearing, _logging);
        _process.Dispose();
    }

    private async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    private async Task HearAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Hear(line.Split(' ', 4));
        }

        var end = new InvalidOperationException($"The node {Name} ended by itself. Its log says why.");
        foreach (var signal in (TaskCompletionSource[])[_ready, _quiet, _at, _lost])
        {
            if (!_isMeantToEnd)
            {
                signal.TrySetException(end);
            }
        }
    }

    private void Hear(string[] line)
    {
        switch (line)
        {
            case ["about", var tenant, var id]:
                _ledger.About(tenant, id);
                break;
            case ["acknowledged", var id, var deliveries]:
                _ledger.Acknowledged(id, int.Parse(deliveries, CultureInfo.InvariantCulture));
                break;
            case ["refused", var id, .. var why]:
                _ledger.Refused(id, string.Join(' ', why));
                break;
            case ["at", var stage, var id]:
                At(Enum.Parse<Stage>(stage), id);
                break;
            case ["lost-leases", var count]:
                Volatile.Write(ref _lostLeases, long.Parse(count, CultureInfo.InvariantCulture));
                Interlocked.Exchange(ref _lost, NewSignal()).TrySetResult();
                break;
            case ["state", .. var words]:
                _state.TrySetResult(string.Join(' ', words));
                break;
            case ["ready"]:
                _ready.TrySetResult();
                break;
            case ["quiet"]:
                _quiet.TrySetResult();
                break;
        }
    }

    // A node that does not answer within a few seconds is starved or dead; one that does says what it waits for.
    private async Task<string> WithStateAsync(string what)
    {
        _state = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("state");
        try
        {
            return $"{what} ({await _state.Task.WaitAsync(TimeSpan.FromSeconds(10))})";
        }
        catch (TimeoutException)
        {
            return $"{what} (it does not answer)";
        }
    }

    private void At(Stage stage, string id)
    {
        if (stage == Stage.BeforeCommit)
        {
            _ledger.NeverCommitted(id);
        }
        else if (stage == Stage.AfterCommit)
        {
            _ledger.Committed(id);
        }

        _at.TrySetResult();
    }

    private async Task LogAsync(string path)
    {
        await using var file = File.Create(path);
        await _process.StandardError.BaseStream.CopyToAsync(file);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk.FaultBench.Nodes;

/// <summary>The signals that .NET cannot send.</summary>
internal static partial class Signals
{
    // Linux on x64 and arm64.
    private const int SigCont = 18;
    private const int SigStop = 19;

    public static void Stop(Process process) => Send(process, SigStop);

    public static void Continue(Process process) => Send(process, SigCont);

    private static void Send(Process process, int signal)
    {
        if (Kill(process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"kill({process.Id}, {signal}) failed with errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}

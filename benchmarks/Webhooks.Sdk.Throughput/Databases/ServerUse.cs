using System.Globalization;

namespace Webhooks.Sdk.Throughput.Databases;

/// <summary>What a database server has used since it started.</summary>
/// <param name="Cpu">Of all its processes; zero where there is no /proc.</param>
/// <param name="WalBytes">Written ahead to its log.</param>
internal readonly record struct ServerUse(TimeSpan Cpu, long WalBytes)
{
    // What Linux counts processor time in, whatever the machine.
    private const int TicksPerSecond = 100;

    public static ServerUse operator -(ServerUse after, ServerUse before) => new(after.Cpu - before.Cpu, after.WalBytes - before.WalBytes);

    /// <summary>The processor time of a process, its children, and those of them that have ended.</summary>
    public static TimeSpan CpuOf(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        var ticks = 0L;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id) && Fields(directory) is { } fields
                && (id == processId || fields[1] == processId))
            {
                ticks += fields[11] + fields[12] + (id == processId ? fields[13] + fields[14] : 0);
            }
        }

        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    // Counted from the state, which follows the name; the name may hold anything.
    private static long[]? Fields(string directory)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(directory, "stat"));
            return [.. text[(text.LastIndexOf(')') + 2)..].Split(' ').Select(f => long.TryParse(f, CultureInfo.InvariantCulture, out var n) ? n : 0)];
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }
}

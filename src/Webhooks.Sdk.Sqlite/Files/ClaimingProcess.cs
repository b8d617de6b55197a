using System.Globalization;
using System.Security.Cryptography;

namespace Webhooks.Sdk.Sqlite.Files;

/// <summary>
/// Who claims holds the lock of a small file beside the database, and its number stands in its leases. The operating system takes the lock away
/// when the process dies, however it dies: so the next start gives back at once what a dead process had in hand, and never what a living one has.
/// </summary>
internal sealed class ClaimingProcess : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _stem;
    private readonly int _number;
    private uint _lastLease;

    /// <param name="database">The file.</param>
    /// <param name="tablePrefix">Whose tables: several may share a file.</param>
    public ClaimingProcess(string database, string tablePrefix)
    {
        _stem = $"{database}-{tablePrefix}claims-";
        _number = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        _lock = Lock(_stem + _number.ToString("x8", CultureInfo.InvariantCulture), FileMode.CreateNew);
    }

    /// <summary>A number that no other lease has or had, with ours in its upper half. Only the writer calls it.</summary>
    public long NextLease() => FirstLeaseOf(_number) | ++_lastLease;

    /// <summary>Calls back with the range of leases of each process that has died, and forgets it.</summary>
    public async ValueTask BuryDeadAsync(Func<(long First, long Last), Task> reclaim)
    {
        // Where locks do not hold (they can be switched off for all of .NET), nobody is declared dead; leases end by themselves.
        if (TryLock(_lock.Name) is { } second)
        {
            await second.DisposeAsync();
            return;
        }

        foreach (var name in Directory.EnumerateFiles(Path.GetDirectoryName(_stem)!, Path.GetFileName(_stem) + "*"))
        {
            if (NumberOf(name) is { } number && TryLock(name) is { } dead)
            {
                await using (dead)
                {
                    await reclaim((FirstLeaseOf(number), FirstLeaseOf(number) | uint.MaxValue));
                }
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private static long FirstLeaseOf(int number) => (long)number << 32;

    private static int? NumberOf(string name) =>
        int.TryParse(name.AsSpan(name.Length - 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Null when somebody holds it, or it is gone.
    private static FileStream? TryLock(string name)
    {
        try
        {
            return Lock(name, FileMode.Open);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static FileStream Lock(string name, FileMode mode) => new(name, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
}

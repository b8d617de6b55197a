using System.Security.Cryptography;

namespace Webhooks.Sdk.Events;

/// <summary>Makes event ids: <c>evt_</c> and a 26-character ULID, which sorts by time and is valid in every profile.</summary>
internal static class EventId
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Prefix = "evt_";

    // A call to the system's random source costs more than the rest of the id, so each thread takes 64 ids' worth at a time.
    [ThreadStatic] private static byte[]? t_random;
    [ThreadStatic] private static int t_used;

    /// <summary>A new id whose time part is <paramref name="time"/>.</summary>
    public static string New(DateTimeOffset time) =>
        string.Create(Prefix.Length + 26, time.ToUnixTimeMilliseconds(), static (span, milliseconds) =>
        {
            Prefix.CopyTo(span);
            var ulid = span[Prefix.Length..];
            for (var i = 9; i >= 0; i--)
            {
                ulid[i] = Crockford[(int)(milliseconds & 31)];
                milliseconds >>= 5;
            }

            // 16 characters of 5 bits are the 80 random bits; a byte a character is spare but simple.
            var random = Random16();
            for (var i = 0; i < 16; i++)
            {
                ulid[10 + i] = Crockford[random[i] & 31];
            }
        });

    private static ReadOnlySpan<byte> Random16()
    {
        t_random ??= new byte[16 * 64];
        if (t_used % t_random.Length == 0)
        {
            RandomNumberGenerator.Fill(t_random);
            t_used = 0;
        }

        var random = t_random.AsSpan(t_used, 16);
        t_used += 16;
        return random;
    }
}
